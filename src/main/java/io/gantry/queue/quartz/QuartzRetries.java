package io.gantry.queue.quartz;

import io.gantry.run.RetryTimer;
import io.gantry.run.RunId;
import java.time.Instant;
import java.util.Date;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.ObjectAlreadyExistsException;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Timers for retries in Quartz's JDBC store, at their real times, on a scheduler of their own: waiting takes no thread that
 * carries runs.
 */
public final class QuartzRetries implements RetryTimer {

    private static final Logger log = LoggerFactory.getLogger(QuartzRetries.class);
    private static final String NAME = "retries";

    private final Scheduler scheduler;

    private QuartzRetries(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /**
     * Builds the scheduler without starting it.
     *
     * @param node the node's name
     */
    public static QuartzRetries over(DataSource dataSource, String node) {
        return new QuartzRetries(SchedulerAssembly.assemble(dataSource, NAME, node, 1));
    }

    /**
     * From now on this process keeps time.
     *
     * @param due is given each run whose time has come
     */
    public void start(Consumer<RunId> due) throws SchedulerException {
        scheduler.setJobFactory((bundle, ignored) -> new RetryJob(due));
        scheduler.start();
    }

    /** Doesn't wait for what is under way: it is one transaction, and whoever sweeps makes good for it. */
    public void stop() {
        try {
            scheduler.shutdown(false);
        } catch (SchedulerException e) {
            log.warn("Quartz didn't stop: {}", e.getMessage());
        }
    }

    @Override
    @SuppressWarnings("JavaUtilDate") // Quartz takes nothing else.
    public void set(RunId failed, Instant at) {
        JobDetail job = JobBuilder.newJob(RetryJob.class)
                .withIdentity(failed.toString(), NAME)
                .build();
        Trigger trigger = TriggerBuilder.newTrigger()
                .withIdentity(failed.toString(), NAME)
                .startAt(Date.from(at))
                .withSchedule(SimpleScheduleBuilder.simpleSchedule().withMisfireHandlingInstructionFireNow())
                .build();
        try {
            scheduler.scheduleJob(job, trigger);
        } catch (ObjectAlreadyExistsException e) {
            log.debug("The timer of run {} was there already", failed);
        } catch (SchedulerException e) {
            log.warn("The timer for the retry of run {} couldn't be set: {}", failed, e.getMessage());
        }
    }
}
