package io.gantry.queue.quartz;

import java.util.Properties;
import java.util.UUID;
import javax.sql.DataSource;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.impl.SchedulerRepository;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.impl.jdbcjobstore.JobStoreTX;
import org.quartz.simpl.SimpleThreadPool;
import org.quartz.utils.DBConnectionManager;

/** Puts a Quartz scheduler together: clustered, in Postgres, over the service's own connections. */
final class SchedulerAssembly {

    /** The scheduler whose threads carry runs. */
    static final String TURNS = "gantry";

    private SchedulerAssembly() {}

    /**
     * Builds one without starting it.
     *
     * @param name of the scheduler, which all nodes share
     */
    static Scheduler assemble(DataSource dataSource, String name, String node, int threads) {
        String connections = name + "-" + UUID.randomUUID();
        DBConnectionManager.getInstance()
                .addConnectionProvider(connections, new PooledConnections(dataSource, connections));
        try {
            Scheduler scheduler = new StdSchedulerFactory(properties(name, node, threads, connections)).getScheduler();
            // Quartz keeps schedulers by name for the whole JVM; nobody else shall find this one there.
            SchedulerRepository.getInstance().remove(name);
            return scheduler;
        } catch (SchedulerException e) {
            throw new IllegalStateException("Quartz doesn't take its settings", e);
        }
    }

    private static Properties properties(String name, String node, int threads, String connections) {
        Properties p = new Properties();
        p.setProperty("org.quartz.scheduler.instanceName", name);
        p.setProperty("org.quartz.scheduler.instanceId", node);
        p.setProperty("org.quartz.scheduler.idleWaitTime", "1000");
        p.setProperty("org.quartz.scheduler.makeSchedulerThreadDaemon", "true");
        p.setProperty("org.quartz.threadPool.class", SimpleThreadPool.class.getName());
        p.setProperty("org.quartz.threadPool.threadCount", String.valueOf(threads));
        p.setProperty("org.quartz.threadPool.threadNamePrefix", name.equals(TURNS) ? "turn" : name);
        p.setProperty("org.quartz.threadPool.makeThreadsDaemons", "true");
        p.setProperty("org.quartz.jobStore.class", JobStoreTX.class.getName());
        p.setProperty("org.quartz.jobStore.driverDelegateClass", QueueDelegate.class.getName());
        p.setProperty("org.quartz.jobStore.dataSource", connections);
        p.setProperty("org.quartz.jobStore.tablePrefix", "qrtz_");
        p.setProperty("org.quartz.jobStore.useProperties", "true");
        p.setProperty("org.quartz.jobStore.isClustered", "true");
        p.setProperty("org.quartz.jobStore.clusterCheckinInterval", "2000");
        p.setProperty("org.quartz.jobStore.acquireTriggersWithinLock", "true");
        return p;
    }
}
