package io.gantry.execution;

import io.gantry.engine.ContainerEngine;
import io.gantry.engine.ContainerId;
import io.gantry.engine.ContainerState;
import io.gantry.engine.ContainerState.Phase;
import io.gantry.invariant.Rule;
import io.gantry.queue.QueueStore;
import io.gantry.queue.QueueView;
import io.gantry.run.Run;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether those containers of this installation run on this node's engine that may: one for each live run, and no more than
 * there are slots.
 */
final class ContainersRule {

    private final ContainerEngine engine;
    private final String installation;
    private final QueueStore queue;

    ContainersRule(ContainerEngine engine, String installation, QueueStore queue) {
        this.engine = engine;
        this.installation = installation;
        this.queue = queue;
    }

    Rule rule() {
        return new Rule(
                "containers",
                "On the engine, a container runs only for a run that has a slot, and one for each at most.",
                this::findBreach);
    }

    /** First the containers, then the runs: a run that began in between is not missed, and one that ended has no more. */
    private Optional<String> findBreach() {
        List<ContainerState> running = engine.list(Map.of(ContainerPlans.INSTALLATION, installation)).stream()
                .flatMap(container -> findRunning(container.id()).stream())
                .toList();
        QueueView view = queue.view();
        return findTwin(running)
                .or(() -> findWithoutRun(running, view))
                .or(() -> findExcess(running, view.maxRunning()));
    }

    private Optional<ContainerState> findRunning(ContainerId container) {
        return engine.inspect(container).filter(state -> state.phase() == Phase.RUNNING);
    }

    private static Optional<String> findTwin(List<ContainerState> running) {
        Set<String> seen = new HashSet<>();
        return running.stream()
                .map(ContainersRule::run)
                .filter(run -> !seen.add(run))
                .findFirst()
                .map(run -> "Two containers run for run " + run + ".");
    }

    /** Looked at once more, as it may have ended, and its run after it, while we looked. */
    private Optional<String> findWithoutRun(List<ContainerState> running, QueueView view) {
        Set<String> live =
                view.running().stream().map(Run::id).map(Object::toString).collect(Collectors.toSet());
        return running.stream()
                .filter(container -> !live.contains(run(container)))
                .filter(this::stillRuns)
                .findFirst()
                .map(container -> "Container " + container.id() + " runs, and its run " + run(container) + " doesn't.");
    }

    private Optional<String> findExcess(List<ContainerState> running, int maxRunning) {
        if (running.size() <= maxRunning) {
            return Optional.empty();
        }
        long still = running.stream().filter(this::stillRuns).count();
        return still <= maxRunning
                ? Optional.empty()
                : Optional.of(still + " containers run, and " + maxRunning + " may.");
    }

    private boolean stillRuns(ContainerState container) {
        return findRunning(container.id()).isPresent();
    }

    private static String run(ContainerState container) {
        return container.labels().getOrDefault(ContainerPlans.RUN, "?");
    }
}
