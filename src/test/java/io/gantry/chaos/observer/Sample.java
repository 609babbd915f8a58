package io.gantry.chaos.observer;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * The tables at one moment, of one snapshot.
 *
 * @param counted how many tasks the ledger says there are
 * @param runs in the order of their positions
 */
public record Sample(Instant at, int counted, Set<UUID> tasks, List<RunRow> runs) {

    /** Whether nothing that matters differs. */
    boolean saysTheSame(Sample other) {
        return counted == other.counted && tasks.equals(other.tasks) && runs.equals(other.runs);
    }
}
