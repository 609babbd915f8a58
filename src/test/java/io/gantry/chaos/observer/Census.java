package io.gantry.chaos.observer;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The containers that were there at one moment: the service's and the strangers. */
public record Census(Instant at, List<Inhabitant> inhabitants) {

    /** One container. */
    public record Inhabitant(String id, String state, Map<String, String> labels) {

        public Optional<UUID> run() {
            return Optional.ofNullable(labels.get(EngineEvent.RUN)).map(UUID::fromString);
        }

        public boolean isRunning() {
            return state.equals("running");
        }
    }
}
