package io.gantry.jsonapi;

import io.dropwizard.core.Application;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.setup.Environment;
import io.gantry.access.AccessConfiguration;
import io.gantry.access.AuditTrail;
import io.gantry.access.HostRule;
import io.gantry.access.LoopbackRule;
import io.gantry.access.OriginRule;
import java.util.List;

/** A service with nothing but the HTTP layer and a probe. */
public final class ProbeApplication extends Application<Configuration> {

    private static final AuditTrail NOWHERE = (deed, object, status, code) -> {};

    @Override
    public void run(Configuration configuration, Environment environment) {
        LoopbackRule.check(configuration.getServerFactory());
        new HttpLayer(List.of(new HostRule(AccessConfiguration.defaults(), NOWHERE), new OriginRule(NOWHERE)))
                .install(configuration.getServerFactory(), environment);
        environment.jersey().register(new ProbeResource());
    }
}
