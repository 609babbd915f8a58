package io.gantry.logs;

import java.time.Duration;
import java.util.concurrent.locks.Condition;

/** A moment of the JVM's monotonic clock until which something is waited for. */
record Deadline(long nanos) {

    static Deadline in(Duration time) {
        return at(System.nanoTime(), time);
    }

    static Deadline at(long start, Duration time) {
        return new Deadline(start + time.toNanos());
    }

    /**
     * Waits for a signal, interrupted or not: an engine's stream thread may carry an interrupt that isn't meant for us.
     *
     * @return false once the time is up
     */
    @SuppressWarnings("WaitNotInLoop") // The callers loop over their conditions.
    boolean await(Condition condition) {
        long left = nanos - System.nanoTime();
        boolean interrupted = Thread.interrupted();
        try {
            return left > 0 && condition.awaitNanos(left) > Long.MIN_VALUE;
        } catch (InterruptedException e) {
            interrupted = true;
            return true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
