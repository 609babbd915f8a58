package io.gantry.engine;

import java.time.Duration;

/** Is told of each call to the engine when it is over; for metrics. Called on the caller's thread. */
@FunctionalInterface
public interface EngineCalls {

    /** Of what kind the engine's answer was. */
    enum Answer {
        ANSWERED,
        REFUSED,
        UNAVAILABLE
    }

    /**
     * A call is over.
     *
     * @param call what was asked, e.g. {@code create}
     */
    void finished(String call, Duration took, Answer answer);
}
