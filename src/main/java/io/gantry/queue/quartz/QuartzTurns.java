package io.gantry.queue.quartz;

import io.gantry.queue.TurnTaker;
import io.gantry.queue.Turns;
import io.gantry.run.Run;
import java.time.Duration;
import java.util.Date;
import java.util.UUID;
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
 * Turns as Quartz jobs in the JDBC store. A turn fires at the instant that its queue position makes when read as
 * milliseconds since 1970: always due, distinct, and in order, with no clock involved.
 */
public final class QuartzTurns implements Turns {

    private static final Logger log = LoggerFactory.getLogger(QuartzTurns.class);
    private static final String GROUP = "turns";
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(2);

    private final Scheduler scheduler;

    private QuartzTurns(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /**
     * Builds the scheduler without starting it.
     *
     * @param node the node's name: a restarted node recovers the turns of its former life at once
     * @param threads how many turns are taken at a time
     */
    public static QuartzTurns over(DataSource dataSource, String node, int threads) {
        return new QuartzTurns(SchedulerAssembly.assemble(dataSource, SchedulerAssembly.TURNS, node, threads));
    }

    /** From now on this process takes turns. */
    public void start(TurnTaker taker) throws SchedulerException {
        scheduler.setJobFactory((bundle, ignored) -> new TurnJob(taker));
        scheduler.start();
    }

    /** Takes no more turns; those under way go on. */
    public void standBy() throws SchedulerException {
        scheduler.standby();
    }

    /**
     * Takes no more turns and waits for those under way, which aren't interrupted: without its store a turn can't be ended.
     * Not for long, though; a turn that never ended is taken again by the next life.
     */
    public void stop() throws InterruptedException {
        Thread stop = new Thread(this::shutDown, "turns-stop");
        stop.setDaemon(true);
        stop.start();
        stop.join(STOP_PATIENCE.toMillis());
    }

    private void shutDown() {
        try {
            scheduler.shutdown(true);
        } catch (SchedulerException e) {
            log.warn("Quartz didn't stop: {}", e.getMessage());
        }
    }

    @Override
    public void add(Run run) {
        schedule(run.id().toString(), run.position());
    }

    @Override
    public void addSpare() {
        schedule("spare-" + UUID.randomUUID(), 1);
    }

    /** A turn that can't be added is no loss: the reconciler adds a spare one as long as something waits. */
    @SuppressWarnings("JavaUtilDate") // Quartz takes nothing else.
    private void schedule(String key, long position) {
        JobDetail job = JobBuilder.newJob(TurnJob.class)
                .withIdentity(key, GROUP)
                .requestRecovery()
                .build();
        Trigger trigger = TriggerBuilder.newTrigger()
                .withIdentity(key, GROUP)
                .startAt(new Date(position))
                .withSchedule(SimpleScheduleBuilder.simpleSchedule().withMisfireHandlingInstructionIgnoreMisfires())
                .build();
        try {
            scheduler.scheduleJob(job, trigger);
        } catch (ObjectAlreadyExistsException e) {
            log.debug("Turn {} was there already", key);
        } catch (SchedulerException e) {
            log.warn("Turn {} couldn't be added: {}", key, e.getMessage());
        }
    }
}
