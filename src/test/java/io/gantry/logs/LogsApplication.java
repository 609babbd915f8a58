package io.gantry.logs;

import io.dropwizard.core.Application;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.setup.Environment;
import io.gantry.access.Authentication;
import io.gantry.access.Gate;
import io.gantry.access.RateLimit;
import io.gantry.audit.AuditStore;
import io.gantry.database.TestDatabase;
import io.gantry.jsonapi.HttpLayer;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** A service with nothing but logs. */
public final class LogsApplication extends Application<Configuration> {

    private final TestDatabase db;

    LogsApplication(TestDatabase db) {
        this.db = db;
    }

    @Override
    public void run(Configuration configuration, Environment environment) {
        new HttpLayer(List.of()).install(configuration.getServerFactory(), environment);
        environment
                .jersey()
                .register(new Gate(
                        Authentication.none(), new RateLimit(Optional.empty()), new AuditStore(db.database())));
        LogsResource logs = new LogsResource(db.database(), InstantSource.system());
        environment.jersey().register(new RunLogsResource(logs));
        environment.jersey().register(new TaskLogsResource(logs));
    }
}
