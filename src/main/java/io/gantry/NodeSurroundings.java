package io.gantry;

import io.gantry.node.NodeStore;
import io.gantry.run.Surroundings;
import java.time.Duration;
import java.util.List;

/** What runs depend on, as the nodes tell it. */
record NodeSurroundings(int slots, NodeStore store, Duration silence) implements Surroundings {

    @Override
    public List<NodeState> nodes() {
        return store.listViews(silence).stream()
                .map(node -> new NodeState(
                        node.name(),
                        node.incarnation(),
                        node.isThere(),
                        node.seenAt(),
                        node.engineTrouble(),
                        node.engineTroubleSince()))
                .toList();
    }
}
