package io.gantry.run;

import io.gantry.task.TaskId;
import io.gantry.task.TaskSpec;
import java.time.Instant;
import java.util.Optional;

/**
 * One execution of a task, one container: an immutable state machine.
 *
 * @param position place in line since the beginning of the database; unique and in the order of acceptance
 * @param stopRequestedAt when someone asked for its end
 * @param owner who drives it; absent while queued, after the end, and after a graceful stop of its node
 * @param node the name of the node that drives or drove it
 * @param epoch changes at the claim and at each adoption; every write by an owner is conditional on it
 * @param engineId the engine that a container of it may be on; absent proves that none was created
 * @param containerId the container that the start request is for; committed before the request is sent
 */
public record Run(
        RunId id,
        TaskId taskId,
        long position,
        int attempt,
        RunTrigger trigger,
        RunStatus status,
        TaskSpec spec,
        Instant queuedAt,
        Optional<Instant> claimedAt,
        Optional<Instant> startedAt,
        Optional<Instant> finishedAt,
        Optional<Instant> stopRequestedAt,
        Optional<Integer> exitCode,
        boolean oomKilled,
        Optional<Failure> failure,
        Optional<String> imageDigest,
        Optional<String> node,
        Optional<Owner> owner,
        long epoch,
        Optional<String> engineId,
        Optional<String> containerId,
        Optional<Instant> startIntendedAt,
        RunLogFacts log) {

    /**
     * What the run's row says of its log.
     *
     * @param bytes payload bytes stored, marks of our own included
     * @param truncated cut at the cap
     * @param complete absent until the end; false: something may be missing
     */
    public record RunLogFacts(long bytes, boolean truncated, Optional<Boolean> complete) {
        public static final RunLogFacts EMPTY = new RunLogFacts(0, false, Optional.empty());
    }

    public boolean isActive() {
        return !status.isTerminal();
    }
}
