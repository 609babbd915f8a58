package io.gantry.queue.quartz;

import io.gantry.queue.TurnTaker;
import org.quartz.Job;
import org.quartz.JobExecutionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One turn. Never throws: Quartz would refire or unschedule it, and a turn that failed is replaced by a spare one. */
final class TurnJob implements Job {

    private static final Logger log = LoggerFactory.getLogger(TurnJob.class);

    private final TurnTaker taker;

    TurnJob(TurnTaker taker) {
        this.taker = taker;
    }

    @Override
    public void execute(JobExecutionContext context) {
        try {
            taker.take();
        } catch (RuntimeException e) {
            log.error("A turn failed", e);
        }
    }
}
