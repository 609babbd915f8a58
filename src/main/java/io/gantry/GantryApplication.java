package io.gantry;

import io.dropwizard.configuration.EnvironmentVariableSubstitutor;
import io.dropwizard.configuration.SubstitutingSourceProvider;
import io.dropwizard.core.Application;
import io.dropwizard.core.cli.CheckCommand;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.db.ManagedDataSource;
import io.dropwizard.lifecycle.AutoCloseableManager;
import io.gantry.database.DataFolders;
import io.gantry.database.Database;
import io.gantry.database.DatabaseHealth;
import io.gantry.database.DatabaseServer;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Starts Dropwizard and registers what was built. */
public final class GantryApplication extends Application<GantryConfiguration> {

    private ConfigurationFile file = new ConfigurationFile(path -> {
        throw new IllegalStateException("not initialised");
    });

    public static void main(String... arguments) throws Exception {
        new GantryApplication().run(arguments);
    }

    @Override
    public String getName() {
        return "gantry";
    }

    @Override
    protected void addDefaultCommands(Bootstrap<GantryConfiguration> bootstrap) {
        bootstrap.addCommand(new GantryServerCommand(this));
        bootstrap.addCommand(new CheckCommand<>(this));
    }

    @Override
    public void initialize(Bootstrap<GantryConfiguration> bootstrap) {
        file = new ConfigurationFile(bootstrap.getConfigurationSourceProvider());
        bootstrap.setConfigurationSourceProvider(
                new SubstitutingSourceProvider(file, new EnvironmentVariableSubstitutor(false)));
        bootstrap.addCommand(new GantryDbCommand(file));
    }

    @Override
    public void run(GantryConfiguration configuration, Environment environment) {
        DatabaseServer server =
                DatabaseServer.own(configuration.database(), DataFolders.of(file.folder(), configuration.dataDir()));
        try {
            server.requireSchema("java -jar gantry.jar db migrate " + file.path());
            serve(environment, server);
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private static void serve(Environment environment, DatabaseServer server) {
        environment.lifecycle().manage(new AutoCloseableManager(server));
        ScheduledExecutorService watch = environment
                .lifecycle()
                .scheduledExecutorService("database-watch")
                .threads(1)
                .build();
        watch.scheduleWithFixedDelay(server::revive, 1, 1, TimeUnit.SECONDS);
        ManagedDataSource pool = server.pool(environment.metrics());
        environment.lifecycle().manage(pool);
        Database database = new Database(pool);
        environment
                .healthChecks()
                .register(
                        "database",
                        new DatabaseHealth(
                                database,
                                server.address(),
                                environment
                                        .lifecycle()
                                        .executorService("database-health")
                                        .maxThreads(1)
                                        .build()));
    }
}
