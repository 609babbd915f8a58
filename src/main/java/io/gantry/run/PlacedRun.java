package io.gantry.run;

import io.gantry.database.Mark;
import java.time.Instant;
import java.util.Optional;

/**
 * A run and what lists know of it.
 *
 * @param queuePosition 1 is next; absent when it isn't queued
 * @param pull of its image; absent when none was needed yet
 * @param explanation why it is where it is, in one sentence
 */
record PlacedRun(Run run, Optional<Long> queuePosition, Optional<ImagePull> pull, String explanation) {

    /** Its place in lists, which are in the order of acceptance. */
    Mark mark() {
        return new Mark(run.queuedAt().toString(), run.id().value());
    }

    /**
     * The pull of its image, as it looks now: an owner that dies, or can't write, leaves one without an end, and what the run
     * did afterwards tells that it is over.
     *
     * @param written by the run's owner
     */
    static Optional<ImagePull> pullAsSeen(Run run, Optional<ImagePull> written) {
        Optional<Instant> over = run.container().startIntendedAt().or(run::finishedAt);
        return written.map(pull -> over.map(pull::endedAtLatest).orElse(pull));
    }
}
