package io.gantry.run;

import java.time.Instant;
import java.util.Optional;

/**
 * A run and what lists know of it.
 *
 * @param queuePosition 1 is next; absent when it isn't queued
 * @param pull of its image, as its owner wrote it last; absent when none was needed yet
 */
record PlacedRun(Run run, Optional<Long> queuePosition, Optional<ImagePull> pull) {

    /** An owner that dies, or can't write, leaves a pull without an end; what the run did afterwards tells that it is over. */
    Optional<ImagePull> pullAsSeen() {
        Optional<Instant> over = run.container().startIntendedAt().or(run::finishedAt);
        return pull.map(p -> over.map(p::endedAtLatest).orElse(p));
    }
}
