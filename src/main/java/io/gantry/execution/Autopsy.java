package io.gantry.execution;

import io.gantry.engine.ContainerEngine;
import io.gantry.engine.ContainerEvent;
import io.gantry.engine.ContainerId;
import io.gantry.engine.ContainerState;
import io.gantry.engine.EngineRefused;
import io.gantry.run.FailureCode;
import io.gantry.run.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gathers what the engine knows of an exited container, for the verdict. */
final class Autopsy {

    private static final Duration EVENT_WITHIN = Duration.ofSeconds(2);

    private final ContainerEngine engine;
    private final Verdict verdict;
    private final Map<String, String> ownLabels;

    /** @param ownLabels that all our containers have, and no other */
    Autopsy(ContainerEngine engine, Verdict verdict, Map<String, String> ownLabels) {
        this.engine = engine;
        this.verdict = verdict;
        this.ownLabels = Map.copyOf(ownLabels);
    }

    /** From now on ends can be judged late, too. */
    void listen() {
        engine.keepEvents(ownLabels);
    }

    /** @param endSeen it is known that the engine was there when the container ended, and so took in all its output */
    record Findings(Outcome outcome, boolean endSeen) {}

    Findings of(Drive drive, ContainerState exited) {
        List<ContainerEvent> events = lastEvents(drive, exited);
        Outcome outcome = verdict.of(exited, events, drive.stop(), drive.run().spec());
        Outcome precise = mayNeverHaveRun(exited, outcome)
                ? execFault(drive, exited.id()).map(Launch::cannotStart).orElse(outcome)
                : outcome;
        return new Findings(precise, Verdict.isEndIn(events));
    }

    /** A log that can't be read, as of a container that has just been removed, tells of no fault. */
    private Optional<String> execFault(Drive drive, ContainerId container) {
        try {
            return drive.patiently(() -> engine.findExecFault(container));
        } catch (EngineRefused unreadable) {
            return Optional.empty();
        }
    }

    /** The engine's init process says by 126 or 127 that it couldn't execute the command; a shell uses them too. */
    private static boolean mayNeverHaveRun(ContainerState exited, Outcome outcome) {
        boolean byCode = outcome.failure()
                .map(failure -> failure.code() == FailureCode.EXIT_CODE)
                .orElse(false);
        Optional<Integer> code = exited.exitCode();
        return byCode && (code.equals(Optional.of(126)) || code.equals(Optional.of(127)));
    }

    /** The engine reports an exit a moment before it logs the event. */
    private List<ContainerEvent> lastEvents(Drive drive, ContainerState exited) {
        ContainerId container = exited.id();
        Instant since = exited.startedAt().orElse(Instant.EPOCH).minusSeconds(1);
        Instant until = exited.finishedAt().orElse(since).plus(EVENT_WITHIN);
        return drive.insistently(() -> engine.eventsOf(container, since, until));
    }
}
