package io.gantry.run;

import java.util.Optional;

/** Ends runs on request: what runs need of whoever moves them. */
public interface RunControl {

    /**
     * Ends a queued run at once, has a running one stopped, and withdraws the retry of one that failed; may be repeated.
     * Raises {@code run-finished} when it has ended otherwise.
     *
     * @param by whoever asks
     * @return the run after that; empty if there is none
     */
    Optional<Run> cancel(RunId id, String by);
}
