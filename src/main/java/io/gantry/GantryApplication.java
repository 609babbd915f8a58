package io.gantry;

import io.dropwizard.configuration.EnvironmentVariableSubstitutor;
import io.dropwizard.configuration.SubstitutingSourceProvider;
import io.dropwizard.core.Application;
import io.dropwizard.core.cli.CheckCommand;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.db.ManagedDataSource;
import io.dropwizard.lifecycle.AutoCloseableManager;
import io.gantry.access.HostRule;
import io.gantry.access.LoopbackRule;
import io.gantry.access.OriginRule;
import io.gantry.client.SlowClients;
import io.gantry.database.DataFolders;
import io.gantry.database.DatabaseServer;
import io.gantry.journal.Journal;
import io.gantry.jsonapi.HttpLayer;
import io.gantry.node.Periodic;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.util.component.LifeCycle;
import org.slf4j.LoggerFactory;

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
        bootstrap.addCommand(new TokenCommand(() -> file));
    }

    @Override
    public void run(GantryConfiguration configuration, Environment environment) {
        Journal.protect(LoggerFactory.getILoggerFactory());
        if (!configuration.access().authenticates()) {
            LoopbackRule.check(configuration.getServerFactory());
        }
        DatabaseServer server =
                DatabaseServer.own(configuration.database(), DataFolders.of(file.folder(), configuration.dataDir()));
        try {
            server.requireSchema("java -jar gantry.jar db migrate " + file.path());
            serve(configuration, environment, server);
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private static void serve(GantryConfiguration configuration, Environment environment, DatabaseServer server) {
        environment.lifecycle().manage(new AutoCloseableManager(server));
        environment.lifecycle().manage(new Periodic("database-watch", Duration.ofSeconds(1), server::revive));
        ManagedDataSource pool = server.pool(environment.metrics());
        environment.lifecycle().manage(pool);
        Services services = new Services(configuration, server, pool, environment.metrics());
        new HttpLayer(List.of(new HostRule(configuration.access(), services.trail()), new OriginRule(services.trail())))
                .install(configuration.getServerFactory(), environment);
        services.resources().forEach(environment.jersey()::register);
        Background background = services.background();
        environment.lifecycle().manage(background);
        environment.lifecycle().addEventListener(new LetGo(background));
        environment
                .lifecycle()
                .addServerLifecycleListener(
                        new Greeting(System.out, configuration.access().authenticates()));
        AdminPort.install(services, server, environment, configuration.access().authenticates());
        cutOffSlowClients(configuration, environment);
    }

    private static void cutOffSlowClients(GantryConfiguration configuration, Environment environment) {
        SlowClients clients = new SlowClients(configuration.clients());
        clients.install(environment);
        environment.lifecycle().manage(new Periodic("slow-clients", clients.pause(), clients::look));
    }

    /** Answers those who wait for the end of a run, so that they don't hold up a stop. */
    private record LetGo(Background background) implements LifeCycle.Listener {
        @Override
        public void lifeCycleStopping(LifeCycle stopping) {
            background.runEnds().stop();
        }
    }
}
