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
        List<Run> abandoned = abandoned(view.running());
        Optional<Run> taken = node.isAlive() ? adoptOrClaim(view, abandoned) : Optional.empty();
        taken.ifPresent(run -> driven.put(run.id(), run.epoch()));
        return taken.<Look>map(Look.Taken::new)
                .orElseGet(() -> view.anyQueued() || !abandoned.isEmpty() ? new Look.Later() : new Look.Nothing());
    }

    private Optional<Run> adoptOrClaim(QueueView view, List<Run> abandoned) {
        for (Run run : abandoned) {
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

    /** Whether a turn that looked now would find something. */
    public synchronized boolean anythingTakeable() {
        if (!node.isAlive() || engines.engineId().isEmpty()) {
            return false;
        }
        QueueView view = queue.view();
        return view.claimable() || !abandoned(view.running()).isEmpty();
    }

    /** Runs that this node could adopt: nobody drives them, and their container is not on another engine. */
    private List<Run> abandoned(List<Run> running) {
        Optional<String> engine = engines.engineId();
        List<Run> reachable = running.stream()
                .filter(run -> engine.isPresent()
                        && run.engineId().map(engine.get()::equals).orElse(true))
                .filter(run -> !isDrivenHere(run))
                .toList();
        if (reachable.isEmpty()) {
            return List.of();
        }
        // Read after the runs: whoever owns one of them had joined before.
        Set<UUID> lives = nodes.incarnations();
        return reachable.stream().filter(run -> isAbandoned(run, lives)).toList();
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
