package io.gantry;

import io.dropwizard.core.setup.Environment;
import io.dropwizard.lifecycle.AutoCloseableManager;
import io.dropwizard.metrics.servlets.AdminServlet;
import io.gantry.database.DatabaseHealth;
import io.gantry.database.DatabaseServer;
import io.gantry.health.ContainersHealth;
import io.gantry.health.EngineHealth;
import io.gantry.health.InvariantHealth;
import io.gantry.health.QueueHealth;
import io.gantry.health.ReadinessServlet;
import io.gantry.node.NodesServlet;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;

/** What operators see: health, readiness, metrics. */
final class AdminPort {

    private AdminPort() {}

    /** @param authenticated whether everybody has to say who he is */
    static void install(Services services, DatabaseServer server, Environment environment, boolean authenticated) {
        environment
                .admin()
                .addFilter("gate", services.adminGate())
                .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
        environment
                .healthChecks()
                .register(
                        "database",
                        new DatabaseHealth(
                                services.database(),
                                server.address(),
                                environment
                                        .lifecycle()
                                        .executorService("database-health")
                                        .maxThreads(1)
                                        .build()));
        environment.healthChecks().register("engine", new EngineHealth(services::engineTrouble));
        environment.healthChecks().register("queue", new QueueHealth(services.queueSigns()));
        environment.healthChecks().register("containers", new ContainersHealth(services::undyingContainers));
        environment
                .healthChecks()
                .register("invariants", new InvariantHealth(services.guard()::broken, services.guard()::unseen));
        environment
                .admin()
                .addServlet(
                        "ready",
                        new ReadinessServlet(environment.healthChecks(), environment.getObjectMapper(), !authenticated))
                .addMapping("/ready");
        environment
                .admin()
                .addServlet("nodes", new NodesServlet(services.nodeReports(), environment.getObjectMapper()))
                .addMapping("/nodes");
        environment
                .admin()
                .addServlet("prometheus", services.metrics().servlet())
                .addMapping("/metrics");
        environment.lifecycle().manage(new AutoCloseableManager(services.metrics()));
        hideOperations(environment, authenticated);
    }

    /** What changes or burdens the process is for known administrators only; the profiler at {@code /pprof} is for nobody. */
    private static void hideOperations(Environment environment, boolean authenticated) {
        environment.getAdminContext().setInitParameter(AdminServlet.CPU_PROFILE_ENABLED_PARAM_KEY, "false");
        if (authenticated) {
            return;
        }
        environment
                .admin()
                .addFilter("tasks-off", new TasksOff())
                .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, TasksOff.PATHS);
    }
}
