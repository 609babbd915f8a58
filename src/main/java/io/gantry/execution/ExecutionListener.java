package io.gantry.execution;

import io.gantry.run.Run;

/** Is told of what this process does; returns at once and throws nothing. */
public interface ExecutionListener {

    /** A run is over; called after the commit. */
    void ended(Run run);

    /** Something had got lost, or was left over, and is put right. */
    void mended(Mended what);

    /** What was put right. */
    enum Mended {
        /** A run could have been taken, and there was no turn for it. */
        LOST_TURN,
        /** A container belonged to no live run. */
        STRAY_CONTAINER
    }
}
