package io.gantry.run;

import java.util.Optional;

/** Ends runs on request: what runs need of whoever moves them. */
public interface RunControl {

    /**
     * Ends a queued run at once and has a running one stopped; may be repeated. Raises {@code run-finished} when it has ended
     * otherwise.
     *
     * @return the run after that; empty if there is none
     */
    Optional<Run> cancel(RunId id);
}
