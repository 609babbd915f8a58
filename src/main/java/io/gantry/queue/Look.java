package io.gantry.queue;

import io.gantry.run.Run;

/** What a look for a run came to. */
public sealed interface Look {

    /** A run that is ours from now on, until it is let go. */
    record Taken(Run run) implements Look {}

    /** Nothing now, but something waits that could be taken later: look again. */
    record Later() implements Look {}

    /** Nothing, and nothing waits. */
    record Nothing() implements Look {}
}
