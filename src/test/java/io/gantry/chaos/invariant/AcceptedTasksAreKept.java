package io.gantry.chaos.invariant;

import io.gantry.chaos.observer.Exchange;
import io.gantry.chaos.observer.History;
import io.gantry.chaos.observer.RunRow;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What was answered with 201 is stored, with a run, until somebody deletes it; what was deleted stays away. */
final class AcceptedTasksAreKept implements Invariant {

    @Override
    public Stream<String> breaches(History history) {
        Set<UUID> accepted = subjects(history, exchange -> exchange.request().creates() && exchange.hasStatus(201));
        Set<UUID> maybeDeleted =
                subjects(history, exchange -> exchange.request().deletes() && exchange.mayHaveWorked());
        Set<UUID> deleted = subjects(history, exchange -> exchange.request().deletes() && exchange.hasStatus(204));
        Set<UUID> withRun = history.lastRows().stream().map(RunRow::task).collect(Collectors.toSet());
        Set<UUID> stored = history.last().tasks();
        return Stream.of(
                        accepted.stream()
                                .filter(task -> !maybeDeleted.contains(task) && !stored.contains(task))
                                .map(task -> "task " + task + " was accepted and isn't stored"),
                        accepted.stream()
                                .filter(task -> !maybeDeleted.contains(task) && !withRun.contains(task))
                                .map(task -> "task " + task + " was accepted and has no run"),
                        deleted.stream()
                                .filter(stored::contains)
                                .map(task -> "task " + task + " was deleted and is stored"))
                .flatMap(Function.identity());
    }

    private static Set<UUID> subjects(History history, Predicate<Exchange> which) {
        return history.exchanges().stream()
                .filter(which)
                .flatMap(exchange -> exchange.request().subject().stream())
                .collect(Collectors.toSet());
    }
}
