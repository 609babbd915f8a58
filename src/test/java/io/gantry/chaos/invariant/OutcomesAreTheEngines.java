package io.gantry.chaos.invariant;

import io.gantry.chaos.observer.EngineEvent;
import io.gantry.chaos.observer.EngineOutage;
import io.gantry.chaos.observer.History;
import io.gantry.chaos.observer.Outage;
import io.gantry.chaos.observer.RunRow;
import io.gantry.chaos.observer.StoredLog;
import io.gantry.chaos.observer.Truth;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * How a run ended is what its command does and what the engine told of its container; it was cancelled only if somebody
 * asked for that, and lost only if the engine was away and may have forgotten its end.
 */
final class OutcomesAreTheEngines implements Invariant {

    /** Whoever follows an engine's events has taken them up again so long after its return. */
    private static final Duration TAKEN_UP = Duration.ofSeconds(5);

    private static final int UNKNOWN_EXIT_STATUS = 255;

    @Override
    public Stream<String> breaches(History history) {
        return history.last().runs().stream()
                .filter(run -> !run.isActive())
                .flatMap(run -> breach(history, run).map(breach -> run + ": " + breach).stream());
    }

    private static Optional<String> breach(History history, RunRow run) {
        Optional<Integer> told = exitCodeTold(history, run);
        if (!told.equals(run.exitCode())
                && (told.isPresent() || !mayBeUntold(history, run))
                && !mayBeUnknown(history, run, told)) {
            return Optional.of("its exit code is " + run.exitCode() + ", the engine told " + told);
        }
        if (run.oomKilled() && history.eventsOf(run.id()).stream().noneMatch(event -> event.is("oom"))) {
            return Optional.of("it is said to have run out of memory");
        }
        return switch (run.status()) {
            case "succeeded" ->
                refusedUnless(isItsOwnEnd(history, run) && isZero(run), "it succeeded with " + run.exitCode());
            case "failed" ->
                refusedUnless(
                        isLost(run) ? mayBeLost(history, run) : isFailure(history, run),
                        "it failed with " + run.failureCode() + " and " + run.exitCode());
            case "cancelled" -> refusedUnless(wasAskedFor(history, run), "it was cancelled, and nobody asked for that");
            default -> Optional.of("nothing here ends so");
        };
    }

    private static Optional<Integer> exitCodeTold(History history, RunRow run) {
        List<EngineEvent> ends = history.eventsOf(run.id()).stream()
                .filter(event -> event.is("die"))
                .toList();
        return ends.stream().flatMap(event -> event.exitCode().stream()).findFirst();
    }

    /** An engine that stood still at an end tells of it with containerd's stand-in for a code, and shows the true one. */
    private static boolean mayBeUnknown(History history, RunRow run, Optional<Integer> told) {
        Truth truth = history.truths().get(run.task());
        return told.equals(Optional.of(UNKNOWN_EXIT_STATUS))
                && history.engineOutagesDuring(run).stream().anyMatch(outage -> !outage.forgets())
                && truth != null
                && run.exitCode()
                        .filter(code -> code == truth.exitCode() || code == truth.onTerm())
                        .isPresent();
    }

    private static boolean isFailure(History history, RunRow run) {
        return run.failureCode().equals(Optional.of("exit-code")) && isItsOwnEnd(history, run) && !isZero(run);
    }

    private static boolean isLost(RunRow run) {
        return run.failureCode().equals(Optional.of("container-lost"));
    }

    private static boolean isZero(RunRow run) {
        return run.exitCode().equals(Optional.of(0));
    }

    /** Not what a signal made of it. */
    private static boolean isItsOwnEnd(History history, RunRow run) {
        Truth truth = history.truths().get(run.task());
        return truth != null
                && truth.kind() != Truth.Kind.ENDLESS
                && run.exitCode().equals(Optional.of(truth.exitCode()))
                && (truth.isToldByItsCode() || cameToItsEnd(history, run, truth));
    }

    /** By its last words; by the engine, if they aren't stored. */
    private static boolean cameToItsEnd(History history, RunRow run, Truth truth) {
        StoredLog log = history.logs().get(run.id());
        return switch (log == null ? Truth.Ending.UNKNOWN : truth.ending(log.of(StoredLog.STDOUT))) {
            case ALL_SAID -> true;
            case CUT_SHORT -> false;
            case UNKNOWN -> diedUnsignalled(history, run);
        };
    }

    /** The engine told of its end, and of no signal before that. */
    private static boolean diedUnsignalled(History history, RunRow run) {
        return history.eventsOf(run.id()).stream()
                .filter(event -> event.is("die") || event.is("kill"))
                .findFirst()
                .map(event -> event.is("die"))
                .orElse(false);
    }

    private static boolean mayBeUntold(History history, RunRow run) {
        return history.engineOutagesDuring(run).stream().anyMatch(EngineOutage::forgets);
    }

    /** It is not while its container runs. */
    private static boolean mayBeLost(History history, RunRow run) {
        Instant endSeen = history.endSeenAt(run);
        return !isTold(history, run, "die", at -> at.isAfter(endSeen))
                && history.engineOutagesDuring(run).stream().anyMatch(outage -> switch (outage.effect()) {
                    case STOOD_STILL -> false;
                    case LEFT_CONTAINERS -> !outlived(history, run, outage.span());
                    case ENDED_CONTAINERS -> true;
                });
    }

    /** Its container was started before, and ended when the engine's events were followed again. */
    private static boolean outlived(History history, RunRow run, Outage outage) {
        Instant followed = outage.to().plus(TAKEN_UP);
        return isTold(history, run, "start", at -> at.isBefore(outage.from()))
                && isTold(history, run, "die", at -> at.isAfter(followed));
    }

    private static boolean isTold(History history, RunRow run, String action, Predicate<Instant> when) {
        return history.toldAt(run.id(), action).filter(when).isPresent();
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
