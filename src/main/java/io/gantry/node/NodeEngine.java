package io.gantry.node;

import java.util.Optional;

/**
 * What a node says of its container engine.
 *
 * @param id of the engine that it reaches now, or else reached last
 * @param trouble why it can't be reached now; empty while it can
 */
public record NodeEngine(Optional<String> id, Optional<String> trouble) {

    public static NodeEngine reached(String id) {
        return new NodeEngine(Optional.of(id), Optional.empty());
    }

    public static NodeEngine away(String trouble) {
        return new NodeEngine(Optional.empty(), Optional.of(trouble));
    }

    public boolean isReached() {
        return trouble.isEmpty();
    }
}
