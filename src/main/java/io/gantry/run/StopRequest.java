package io.gantry.run;

import java.time.Instant;
import java.util.Optional;

/**
 * A request to end a run, and what was done about it so far.
 *
 * @param by whoever asked first
 * @param signal the first one that was sent to the container's process, e.g. {@code TERM}
 * @param killed whether SIGKILL was sent
 */
public record StopRequest(Instant at, String by, Optional<String> signal, boolean killed) {

    /** A request of which nothing has come yet. */
    static StopRequest fresh(Instant at, String by) {
        return new StopRequest(at, by, Optional.empty(), false);
    }
}
