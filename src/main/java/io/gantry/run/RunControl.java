package io.gantry.run;

import io.gantry.access.Deed;
import java.util.Optional;

/** Ends runs on request: what runs need of whoever moves them. */
public interface RunControl {

    /**
     * Ends a queued run at once, has a running one stopped, and withdraws the retry of one that failed; may be repeated.
     * Raises {@code run-finished} when it has ended otherwise.
     *
     * @return the run after that; empty if there is none, or it is beyond the deed's scope
     */
    Optional<Run> cancel(RunId id, Deed deed);
}
