package io.gantry.run;

import java.time.Instant;
import java.util.Locale;

/**
 * The next attempt at what a failed run was to do.
 *
 * @param at when it joins the end of the line, in database time
 */
public record Retry(Instant at, State state) {

    /** What has become of it. */
    public enum State {
        PENDING,
        /** There is a run of it. */
        DONE,
        /** Someone has cancelled it. */
        WITHDRAWN;

        static State of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    boolean isPending() {
        return state == State.PENDING;
    }
}
