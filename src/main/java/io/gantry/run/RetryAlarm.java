package io.gantry.run;

import io.gantry.problem.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sets the timer for the next attempt at what has just failed. */
public final class RetryAlarm {

    private static final Logger log = LoggerFactory.getLogger(RetryAlarm.class);

    private final RetryStore retries;
    private final RetryTimer timer;

    public RetryAlarm(RetryStore retries, RetryTimer timer) {
        this.retries = retries;
        this.timer = timer;
    }

    /** To be called after the commit; a timer that isn't set is no loss, since whoever sweeps finds the retry once it is due. */
    public void ended(Run run) {
        if (run.failure().isEmpty() || run.attempt() > run.spec().retries().limit()) {
            return;
        }
        try {
            retries.findPending(run.id()).ifPresent(at -> {
                timer.set(run.id(), at);
                log.info("Run {} is tried again at {}", run.id(), at);
            });
        } catch (ProblemException away) {
            log.debug("No timer for the retry of run {}: {}", run.id(), away.getMessage());
        }
    }
}
