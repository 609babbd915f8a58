package io.gantry.run;

import io.gantry.run.Surroundings.NodeState;
import java.util.List;
import java.util.Optional;

/**
 * What the state of runs depends on besides themselves.
 *
 * @param slots how many runs may go on at a time
 * @param running how many do
 * @param nodes those that didn't leave
 */
record Situation(int slots, long running, List<NodeState> nodes) {

    boolean isFull() {
        return running >= slots;
    }

    /** A node of the sort that can't take runs, if all are of that sort. */
    Optional<NodeState> anyWithoutEngine() {
        List<NodeState> there = nodes.stream().filter(NodeState::isThere).toList();
        return there.stream().allMatch(node -> node.engineTrouble().isPresent())
                ? there.stream().findFirst()
                : Optional.empty();
    }

    /** The node in whose hands a run is. */
    Optional<NodeState> ownerOf(Run run) {
        return run.ownership()
                .owner()
                .flatMap(owner -> nodes.stream()
                        .filter(node -> node.incarnation().equals(owner))
                        .findFirst());
    }
}
