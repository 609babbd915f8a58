package io.gantry.logs;

import io.gantry.run.RunId;
import java.util.Optional;

/**
 * What is known of a run's log at one moment.
 *
 * @param bytes how many are stored, marks of our own included
 * @param complete absent until the run has ended
 */
record LoggedRun(RunId id, long chunks, long bytes, boolean truncated, Optional<Boolean> complete) {}
