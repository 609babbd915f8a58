package io.gantry.client;

import java.time.Duration;
import java.util.OptionalLong;

/** For how long something has been so, by a monotonic clock in nanoseconds. */
final class Spell {

    private OptionalLong since = OptionalLong.empty();

    /** Goes on if it has begun already. */
    void begin(long now) {
        if (since.isEmpty()) {
            since = OptionalLong.of(now);
        }
    }

    void end() {
        since = OptionalLong.empty();
    }

    boolean lasts(Duration atLeast, long now) {
        return since.isPresent() && now - since.getAsLong() >= atLeast.toNanos();
    }
}
