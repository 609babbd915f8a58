package io.gantry.chaos.observer;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Something that the engine said of a container.
 *
 * @param action such as {@code start}, {@code die}, {@code kill}, {@code destroy}
 * @param attributes the container's labels and what belongs to the action
 */
public record EngineEvent(Instant at, String action, String container, Map<String, String> attributes) {

    public static final String RUN = "io.gantry.run";
    public static final String NODE = "io.gantry.node";

    public boolean is(String wanted) {
        return action.equals(wanted);
    }

    public Optional<UUID> run() {
        return Optional.ofNullable(attributes.get(RUN)).map(UUID::fromString);
    }

    public Optional<Integer> exitCode() {
        return Optional.ofNullable(attributes.get("exitCode")).map(Integer::valueOf);
    }
}
