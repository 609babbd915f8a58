package io.gantry.queue;

import io.gantry.run.Run;

/** Carries a run from its claim, or its adoption, to its end. */
public interface Carrier {

    /** Returns when the run is over, taken over by another owner, or let go because this process stops. */
    void carry(Run run);
}
