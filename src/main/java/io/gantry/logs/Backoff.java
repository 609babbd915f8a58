package io.gantry.logs;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Pauses between attempts, each twice as long as the one before, up to a longest. */
final class Backoff {

    private static final Duration LONGEST = Duration.ofSeconds(2);

    private Duration next = Duration.ofMillis(50);

    /** An interrupted thread doesn't pause. */
    void pause() {
        LockSupport.parkNanos(next.toNanos());
        next = next.multipliedBy(2).compareTo(LONGEST) < 0 ? next.multipliedBy(2) : LONGEST;
    }
}
