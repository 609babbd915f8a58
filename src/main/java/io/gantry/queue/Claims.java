package io.gantry.queue;

import io.gantry.node.Node;
import io.gantry.node.NodeStore;
import io.gantry.run.Owner;
import io.gantry.run.Run;
import io.gantry.run.RunId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    /** By run, the epoch in which it is driven here. */
    private final Map<RunId, Long> driven = new HashMap<>();

    public Claims(QueueStore queue, Node node, NodeStore nodes, Engines engines) {
        this.queue = queue;
        this.node = node;
        this.nodes = nodes;
        this.engines = engines;
    }

    /** Takes a run, if there is one to take; it is ours until {@link #letGo}. */
    public synchronized Look take() {
        QueueView view = queue.view();
        List<Run> adoptable = adoptable(view);
        Optional<Run> taken = node.isAlive() ? adoptOrClaim(view, adoptable) : Optional.empty();
        taken.ifPresent(run -> driven.put(run.id(), run.epoch()));
        return taken.<Look>map(Look.Taken::new)
                .orElseGet(() -> view.anyQueued() || !adoptable.isEmpty() ? new Look.Later() : new Look.Nothing());
    }

    private Optional<Run> adoptOrClaim(QueueView view, List<Run> adoptable) {
        for (Run run : adoptable) {
            Optional<Run> adopted = queue.adopt(run, me());
            if (adopted.isPresent()) {
                return adopted;
            }
        }
        return view.claimable() && engines.engineId().isPresent() ? queue.claimNext(me()) : Optional.empty();
    }

    /** Nothing in this process drives the run as it was taken any more. */
    public synchronized void letGo(Run run) {
        driven.remove(run.id(), run.epoch());
    }

    /** What a turn that looked now would take. */
    public synchronized Optional<RunId> findTakeable() {
        if (!node.isAlive() || engines.engineId().isEmpty()) {
            return Optional.empty();
        }
        QueueView view = queue.view();
        Optional<RunId> adoptable = adoptable(view).stream().map(Run::id).findFirst();
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

    /** Runs that nobody drives, and whose container, if there is one, is on this node's engine. */
    private List<Run> adoptable(QueueView view) {
        Optional<String> engine = engines.engineId();
        return engine.isEmpty()
                ? List.of()
                : abandoned(view.running().stream()
                        .filter(run -> isReachable(run, engine))
                        .toList());
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
        return Objects.equals(driven.get(run.id()), run.epoch());
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
