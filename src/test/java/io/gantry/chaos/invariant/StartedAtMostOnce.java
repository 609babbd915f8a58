package io.gantry.chaos.invariant;

import io.gantry.chaos.observer.EngineEvent;
import io.gantry.chaos.observer.History;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The engine started at most one container for a run, and that once. */
final class StartedAtMostOnce implements Invariant {

    @Override
    public Stream<String> breaches(History history) {
        Map<UUID, Long> starts = history.events().stream()
                .filter(event -> event.is("start") && event.run().isPresent())
                .collect(Collectors.groupingBy(event -> event.run().orElseThrow(), Collectors.counting()));
        return starts.entrySet().stream()
                .filter(entry -> entry.getValue() > 1)
                .map(entry -> "run " + entry.getKey() + " was started " + entry.getValue() + " times, in "
                        + history.eventsOf(entry.getKey()).stream()
                                .filter(event -> event.is("start"))
                                .map(EngineEvent::container)
                                .distinct()
                                .count()
                        + " containers");
    }
}
