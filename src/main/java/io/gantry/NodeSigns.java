package io.gantry;

import io.gantry.execution.Reconciler;
import io.gantry.health.QueueSigns;
import io.gantry.node.Node;
import java.time.Duration;
import java.util.Optional;

/** The queue's health, as this node's parts know it. */
record NodeSigns(Node node, Reconciler reconciler) implements QueueSigns {

    @Override
    public Optional<String> nodeTrouble() {
        if (node.isReplaced()) {
            return Optional.of("Another process has taken the node name " + node.name()
                    + ". Stop one of them, or start one under another name (GANTRY_NODE).");
        }
        if (!node.isAlive()) {
            return Optional.of("The heartbeat of the node " + node.name()
                    + " hasn't reached the database for some seconds, so it takes no runs. See the check of the"
                    + " database.");
        }
        return Optional.empty();
    }

    @Override
    public Duration unattendedFor() {
        return reconciler.sinceLastRound();
    }

    @Override
    public Duration stalledFor() {
        return reconciler.stalledFor();
    }
}
