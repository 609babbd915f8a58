package io.gantry.queue.quartz;

import io.gantry.run.RunId;
import java.util.function.Consumer;
import org.quartz.Job;
import org.quartz.JobExecutionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A retry whose time has come. Never throws: whoever sweeps makes good for one that failed. */
final class RetryJob implements Job {

    private static final Logger log = LoggerFactory.getLogger(RetryJob.class);

    private final Consumer<RunId> due;

    RetryJob(Consumer<RunId> due) {
        this.due = due;
    }

    @Override
    public void execute(JobExecutionContext context) {
        String run = context.getJobDetail().getKey().getName();
        try {
            RunId.parse(run).ifPresent(due);
        } catch (RuntimeException e) {
            log.warn("The retry of run {} wasn't put in line yet: {}", run, e.getMessage());
        }
    }
}
