package io.gantry.run;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What the state of runs depends on besides themselves.
 *
 * @param slots how many runs may go on at a time
 * @param running how many do
 * @param nodes those that didn't leave
 */
record Situation(int slots, long running, List<NodeState> nodes) {

    /**
     * One node.
     *
     * @param isThere whether its heartbeat gets through
     * @param seenAt when it got through last
     * @param engineTrouble why it can't reach its container engine; empty while it can
     */
    record NodeState(
            String name,
            UUID incarnation,
            boolean isThere,
            Instant seenAt,
            Optional<String> engineTrouble,
            Optional<Instant> engineTroubleSince) {}

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
