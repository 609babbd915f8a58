package io.gantry.chaos.observer;

import java.time.Instant;

/** A time during which the engine was taken away, and what that meant for its containers. */
public record EngineOutage(Outage span, Effect effect) {

    /** What became of containers and of what is known of them. */
    public enum Effect {
        /** The engine stood still: it told all of it afterwards. */
        STOOD_STILL,
        /** Containers went on, and nobody saw what they did. */
        LEFT_CONTAINERS,
        /** The engine ended them, when it went or when it was back. */
        ENDED_CONTAINERS
    }

    public boolean forgets() {
        return effect != Effect.STOOD_STILL;
    }

    public boolean touches(Instant begin, Instant end) {
        return span.touches(begin, end);
    }
}
