package io.gantry.queue;

import io.gantry.node.Node;
import io.gantry.node.NodeStore;
import io.gantry.run.Owner;
import io.gantry.run.Run;
import io.gantry.run.RunId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Takes runs for this node: first one that its owner left, else the first in line. Knows which runs this process drives, so
 * looks of one process are made one after the other.
 */
public final class Claims {

    private final QueueStore queue;
    private final Node node;
    private final NodeStore nodes;
    private final Engines engines;
    private final Set<RunId> driven = new HashSet<>();

    public Claims(QueueStore queue, Node node, NodeStore nodes, Engines engines) {
        this.queue = queue;
        this.node = node;
        this.nodes = nodes;
        this.engines = engines;
    }

    /** A run that is ours from now on, until {@link #letGo}. */
    public synchronized Optional<Run> take() {
        Optional<String> engine = engines.engineId();
        if (engine.isEmpty() || !node.isAlive()) {
            return Optional.empty();
        }
        QueueView view = queue.view();
        for (Run run : adoptable(view, engine)) {
            Optional<Run> adopted = queue.adopt(run, me());
            if (adopted.isPresent()) {
                driven.add(run.id());
                return adopted;
            }
        }
        Optional<Run> claimed = view.claimable() ? queue.claimNext(me()) : Optional.empty();
        claimed.ifPresent(run -> driven.add(run.id()));
        return claimed;
    }

    /** Nothing in this process drives the run any more. */
    public synchronized void letGo(RunId run) {
        driven.remove(run);
    }

    /** Whether there is anything that this node could take now, or once a slot is free. */
    public synchronized boolean anythingWaits() {
        QueueView view = queue.view();
        Optional<String> engine = engines.engineId();
        return view.anyQueued()
                || (engine.isPresent() && !adoptable(view, engine).isEmpty());
    }

    /** What a turn that looked now would take. */
    public synchronized Optional<RunId> findTakeable() {
        Optional<String> engine = engines.engineId();
        if (engine.isEmpty() || !node.isAlive()) {
            return Optional.empty();
        }
        QueueView view = queue.view();
        Optional<RunId> adoptable =
                adoptable(view, engine).stream().map(Run::id).findFirst();
        return adoptable.isPresent() || !view.claimable() ? adoptable : queue.findFirstInLine();
    }

    /** Runs whose owner is gone and whose engine isn't this node's, so that it can't adopt them; none while it can't tell. */
    public synchronized List<Run> stranded() {
        if (!node.isAlive()) {
            return List.of();
        }
        Optional<String> engine = engines.engineId();
        return abandoned(queue.view().running().stream()
                .filter(run -> !isReachable(run, engine))
                .toList());
    }

    private List<Run> adoptable(QueueView view, Optional<String> engine) {
        return abandoned(
                view.running().stream().filter(run -> isReachable(run, engine)).toList());
    }

    /** A run without an engine has no container either: any node can drive it. */
    private static boolean isReachable(Run run, Optional<String> engine) {
        return run.engineId().isEmpty() || run.engineId().equals(engine);
    }

    private List<Run> abandoned(List<Run> running) {
        List<Run> notHere = running.stream().filter(run -> !isDrivenHere(run)).toList();
        if (notHere.isEmpty()) {
            return List.of();
        }
        // Read after the runs: whoever owns one of them had joined before.
        Set<UUID> lives = nodes.incarnations();
        return notHere.stream().filter(run -> isAbandoned(run, lives)).toList();
    }

    private boolean isDrivenHere(Run run) {
        return driven.contains(run.id()) && run.ownership().owner().equals(Optional.of(node.incarnation()));
    }

    private boolean isAbandoned(Run run, Set<UUID> lives) {
        return run.ownership()
                .owner()
                .map(owner ->
                        !lives.contains(owner) || node.watch().isSilent(owner) || owner.equals(node.incarnation()))
                .orElse(true);
    }

    private Owner me() {
        return new Owner(node.name(), node.incarnation());
    }
}
