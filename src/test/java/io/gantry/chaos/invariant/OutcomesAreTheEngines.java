package io.gantry.chaos.invariant;

import io.gantry.chaos.observer.EngineEvent;
import io.gantry.chaos.observer.History;
import io.gantry.chaos.observer.RunRow;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How a run ended is what the engine told of its container, and it was cancelled only if somebody asked for that. */
final class OutcomesAreTheEngines implements Invariant {

    @Override
    public Stream<String> breaches(History history) {
        return history.last().runs().stream()
                .filter(run -> !run.isActive())
                .flatMap(run -> breach(history, run).map(breach -> run + ": " + breach).stream());
    }

    private static Optional<String> breach(History history, RunRow run) {
        List<EngineEvent> ends = history.eventsOf(run.id()).stream()
                .filter(event -> event.is("die"))
                .toList();
        Optional<Integer> code =
                ends.stream().flatMap(event -> event.exitCode().stream()).findFirst();
        if (!code.equals(run.exitCode())) {
            return Optional.of("its exit code is " + run.exitCode() + ", the engine told " + code);
        }
        if (run.oomKilled() && history.eventsOf(run.id()).stream().noneMatch(event -> event.is("oom"))) {
            return Optional.of("it is said to have run out of memory");
        }
        return switch (run.status()) {
            case "succeeded" -> refusedUnless(code.equals(Optional.of(0)), "it succeeded with " + code);
            case "failed" ->
                refusedUnless(
                        run.failureCode().equals(Optional.of("exit-code"))
                                && !code.equals(Optional.of(0))
                                && code.isPresent(),
                        "it failed with " + run.failureCode() + " and " + code);
            case "cancelled" -> refusedUnless(wasAskedFor(history, run), "it was cancelled, and nobody asked for that");
            default -> Optional.of("nothing here ends so");
        };
    }

    private static boolean wasAskedFor(History history, RunRow run) {
        return history.exchanges().stream()
                .anyMatch(exchange -> exchange.request().cancels()
                        && exchange.request().subject().equals(Optional.of(run.task()))
                        && exchange.mayHaveWorked());
    }

    private static Optional<String> refusedUnless(boolean right, String breach) {
        return right ? Optional.empty() : Optional.of(breach);
    }
}
