package io.gantry.run;

import java.util.Optional;

/**
 * A run and its place in line.
 *
 * @param queuePosition 1 is next; absent when it isn't queued
 * @param explanation why it is where it is, in one sentence
 */
record PlacedRun(Run run, Optional<Long> queuePosition, String explanation) {}
