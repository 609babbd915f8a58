package io.gantry.breach.clock;

import java.time.Instant;
import java.util.function.Supplier;

/** Asks the system for the time, and hides it in a method reference. */
record ReadsTheClock(Supplier<Instant> clock) {

    ReadsTheClock() {
        this(Instant::now);
    }
}
