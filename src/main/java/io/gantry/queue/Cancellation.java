package io.gantry.queue;

import io.gantry.run.Run;

/**
 * What a request to end a run has come to.
 *
 * @param run as it is after the request
 */
public record Cancellation(Run run, Effect effect) {

    /** What the request has changed. */
    public enum Effect {
        /** It is over by this. */
        ENDED,
        /** Its owner is to end it. */
        REQUESTED,
        /** It was cancelled before. */
        NONE
    }
}
