package io.gantry.run;

import io.gantry.task.Retries;
import io.gantry.task.RetryLimits;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/** Whether, and after which wait, a run that has just ended is tried again. */
public final class RetryPlan {

    /** What holds where nothing is configured. */
    static final RetryPlan STANDARD = new RetryPlan(RetryLimits.STANDARD);

    /** How far a wait strays from its length, so that what failed together doesn't come back together. */
    private static final double JITTER = 0.25;

    private static final int MOST_DOUBLINGS = 30;

    private final RetryLimits limits;
    private final DoubleSupplier random;

    public RetryPlan(RetryLimits limits) {
        this(limits, () -> ThreadLocalRandom.current().nextDouble());
    }

    /** @param random from 0 to 1 */
    RetryPlan(RetryLimits limits, DoubleSupplier random) {
        this.limits = limits;
        this.random = random;
    }

    /** The wait before the next attempt; empty when there is none. That someone asked for the end is seen to elsewhere. */
    Optional<Duration> after(Run ended) {
        Retries retries = ended.spec().retries();
        return ended.failure()
                .filter(failure -> retries.on().contains(failure.code().word()))
                .filter(failure -> ended.attempt() <= retries.limit())
                .map(failure -> backoff(retries.backoff(), ended.attempt()));
    }

    private Duration backoff(Duration first, int attempt) {
        double most = limits.longestBackoff().toMillis();
        double doubled = (double) first.toMillis() * (double) (1L << Math.min(attempt - 1, MOST_DOUBLINGS));
        double capped = Math.min(doubled, most);
        double shortest = capped * (1 - JITTER);
        double longest = Math.min(capped * (1 + JITTER), most);
        return Duration.ofMillis(Math.round(shortest + (longest - shortest) * random.getAsDouble()));
    }
}
