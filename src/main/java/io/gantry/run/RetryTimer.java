package io.gantry.run;

import java.time.Instant;

/** Remembers, over restarts, when a failed run is to be tried again: what runs need of whoever keeps time. */
public interface RetryTimer {

    /** Has the retry looked at when its time has come; safe to ask for twice, and no loss if it fails. */
    void set(RunId failed, Instant at);
}
