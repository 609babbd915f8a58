package io.gantry.run;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What the state of runs depends on besides themselves: what this package needs of whoever knows slots and nodes. */
public interface Surroundings {

    /** How many runs may go on at a time. */
    int slots();

    /** Those that didn't leave. */
    List<NodeState> nodes();

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
}
