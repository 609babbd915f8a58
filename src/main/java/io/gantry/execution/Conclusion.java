package io.gantry.execution;

import io.gantry.run.Outcome;
import java.time.Instant;
import java.util.Optional;

/**
 * What a run came to.
 *
 * @param startedAt the engine's time of the container's start, if there was one
 * @param at the engine's time of the container's end, if there was one
 * @param logComplete whether the stored log is all that the container wrote
 */
record Conclusion(Outcome outcome, Optional<Instant> startedAt, Optional<Instant> at, boolean logComplete) {

    /** An end of which nobody knows what the container wrote, or whether it ran at all. */
    static Conclusion withoutKnowledge(Outcome outcome) {
        return new Conclusion(outcome, Optional.empty(), Optional.empty(), false);
    }

    /** An end without any output: no container ever ran. */
    static Conclusion withoutContainer(Outcome outcome) {
        return new Conclusion(outcome, Optional.empty(), Optional.empty(), true);
    }
}
