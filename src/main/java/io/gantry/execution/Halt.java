package io.gantry.execution;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The sign by which this process's runs learn that it stops. */
final class Halt {

    private final CountDownLatch raised = new CountDownLatch(1);

    void raise() {
        raised.countDown();
    }

    boolean isRaised() {
        return raised.getCount() == 0;
    }

    /** Throws {@link Detached} once the sign is given. */
    void check() {
        if (isRaised()) {
            throw new Detached();
        }
    }

    /** Waits for this time, or until the sign is given. */
    void pause(Duration span) {
        try {
            if (raised.await(span.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new Detached();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Detached();
        }
    }
}
