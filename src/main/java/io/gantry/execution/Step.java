package io.gantry.execution;

import io.gantry.engine.ContainerId;
import io.gantry.engine.OutputFeed;
import java.util.Optional;

/** Where a run stands after an attempt to get its container going. */
sealed interface Step {

    /** It is over. */
    record Over(Conclusion conclusion) implements Step {}

    /**
     * Its container runs, or has run.
     *
     * @param attach the feed that was there before the start, if this process made it
     */
    record Underway(ContainerId container, Optional<OutputFeed> attach) implements Step {}

    /** Look again at what is there. */
    record Again() implements Step {}
}
