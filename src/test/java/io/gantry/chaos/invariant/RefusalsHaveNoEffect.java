package io.gantry.chaos.invariant;

import io.gantry.chaos.observer.Exchange;
import io.gantry.chaos.observer.History;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A task whose creation was only ever refused was never stored; one whose deletion was only ever refused still is. */
final class RefusalsHaveNoEffect implements Invariant {

    @Override
    public Stream<String> breaches(History history) {
        Set<UUID> seen = history.samples().stream()
                .flatMap(sample -> sample.tasks().stream())
                .collect(Collectors.toSet());
        Stream<String> created = onlyRefused(
                        history, exchange -> exchange.request().creates())
                .filter(seen::contains)
                .map(task -> "task " + task + " was refused and stored");
        Stream<String> deleted = onlyRefused(
                        history, exchange -> exchange.request().deletes())
                .filter(seen::contains)
                .filter(task -> !history.last().tasks().contains(task))
                .map(task -> "the deletion of task " + task + " was refused, and it is gone");
        return Stream.concat(created, deleted);
    }

    private static Stream<UUID> onlyRefused(History history, Predicate<Exchange> which) {
        Set<UUID> worked = subjects(history, which.and(Exchange::mayHaveWorked));
        return subjects(history, which.and(Exchange::isRefused)).stream().filter(task -> !worked.contains(task));
    }

    private static Set<UUID> subjects(History history, Predicate<Exchange> which) {
        return history.exchanges().stream()
                .filter(which)
                .flatMap(exchange -> exchange.request().subject().stream())
                .collect(Collectors.toSet());
    }
}
