package io.gantry.run;

import io.gantry.task.TaskId;
import io.gantry.task.TaskSpec;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One execution of a task, one container: an immutable state machine over {@link RunEvent}s.
 *
 * @param claimedAt when it got its slot, pull and creation included; in the order of {@code queuedAt} over all runs
 * @param stopRequest present once someone asked for its end
 * @param ending present once the status is terminal
 */
public record Run(
        RunId id,
        TaskId taskId,
        TaskSpec spec,
        Enqueued enqueued,
        RunStatus status,
        Optional<Instant> claimedAt,
        Optional<StopRequest> stopRequest,
        Ownership ownership,
        ContainerTrace container,
        Optional<Ending> ending,
        RunLogFacts log) {

    /**
     * How it came into the queue.
     *
     * @param position place in line since the beginning of the database; unique and in the order of acceptance
     */
    public record Enqueued(long position, Instant at, RunTrigger trigger, int attempt) {}

    /**
     * Who drives it.
     *
     * @param owner absent while queued, after the end, and after a graceful stop of its node
     * @param node the name of the node that drives or drove it
     * @param epoch changes at the claim and at each adoption; every write by an owner is conditional on it
     */
    public record Ownership(Optional<UUID> owner, Optional<String> node, long epoch) {
        static final Ownership NOBODY = new Ownership(Optional.empty(), Optional.empty(), 0);

        Ownership taken(Owner by) {
            return new Ownership(Optional.of(by.incarnation()), Optional.of(by.node()), epoch + 1);
        }

        Ownership revoked() {
            return new Ownership(Optional.empty(), node, epoch + 1);
        }

        Ownership released() {
            return new Ownership(Optional.empty(), node, epoch);
        }
    }

    /**
     * What is known of its container.
     *
     * @param engineId the engine that a container of it may be on; absent proves that none was created
     * @param containerId the container that the start request is for; committed before the request is sent
     * @param startIntendedAt database time
     * @param startedAt engine time
     */
    public record ContainerTrace(
            Optional<String> engineId,
            Optional<String> imageDigest,
            Optional<String> containerId,
            Optional<Instant> startIntendedAt,
            Optional<Instant> startedAt) {
        static final ContainerTrace NONE = new ContainerTrace(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * How it ended.
     *
     * @param retry as it was stored with the end, which is where it is decided
     */
    public record Ending(
            Instant at,
            Optional<Integer> exitCode,
            boolean oomKilled,
            Optional<Failure> failure,
            boolean logComplete,
            Optional<Retry> retry) {

        Ending(
                Instant at,
                Optional<Integer> exitCode,
                boolean oomKilled,
                Optional<Failure> failure,
                boolean logComplete) {
            this(at, exitCode, oomKilled, failure, logComplete, Optional.empty());
        }
    }

    /**
     * What the run's row says of its log.
     *
     * @param bytes payload bytes stored, marks of our own included
     * @param truncated cut at the cap
     */
    public record RunLogFacts(long bytes, boolean truncated) {
        public static final RunLogFacts EMPTY = new RunLogFacts(0, false);
    }

    /** A run that has just been accepted. */
    public static Run queued(RunId id, TaskId taskId, TaskSpec spec, Enqueued enqueued) {
        return new Run(
                id,
                taskId,
                spec,
                enqueued,
                RunStatus.QUEUED,
                Optional.empty(),
                Optional.empty(),
                Ownership.NOBODY,
                ContainerTrace.NONE,
                Optional.empty(),
                RunLogFacts.EMPTY);
    }

    /** The run after an event. Throws {@link IllegalMoveException} when its status allows no such event. */
    public Run on(RunEvent event) {
        RunMoves.check(this, event);
        return event.applyTo(this);
    }

    public boolean isActive() {
        return !status.isTerminal();
    }

    public long position() {
        return enqueued.position();
    }

    public int attempt() {
        return enqueued.attempt();
    }

    public RunTrigger trigger() {
        return enqueued.trigger();
    }

    public Instant queuedAt() {
        return enqueued.at();
    }

    public Optional<Instant> startedAt() {
        return container.startedAt();
    }

    public Optional<Instant> stopRequestedAt() {
        return stopRequest.map(StopRequest::at);
    }

    /** When its queue timeout is over; absent if it may wait for ever. */
    public Optional<Instant> queueDeadline() {
        return spec.queueTimeout().map(queuedAt()::plus);
    }

    /** When it is tried again; absent unless that is still to come. */
    public Optional<Instant> pendingRetry() {
        return retry().filter(Retry::isPending).map(Retry::at);
    }

    /** Whether it would have been tried again, and someone has cancelled that. */
    public boolean isRetryWithdrawn() {
        return retry().filter(retry -> retry.state() == Retry.State.WITHDRAWN).isPresent();
    }

    /** The attempt after this one, whatever has become of it. */
    public Optional<Retry> retry() {
        return ending.flatMap(Ending::retry);
    }

    public Optional<Instant> finishedAt() {
        return ending.map(Ending::at);
    }

    public Optional<Integer> exitCode() {
        return ending.flatMap(Ending::exitCode);
    }

    public Optional<Failure> failure() {
        return ending.flatMap(Ending::failure);
    }

    public boolean oomKilled() {
        return ending.map(Ending::oomKilled).orElse(false);
    }

    /** Absent until the end; false: something may be missing. */
    public Optional<Boolean> logComplete() {
        return ending.map(Ending::logComplete);
    }

    public Optional<String> imageDigest() {
        return container.imageDigest();
    }

    public Optional<String> node() {
        return ownership.node();
    }

    public long epoch() {
        return ownership.epoch();
    }

    public Optional<String> engineId() {
        return container.engineId();
    }

    public Optional<String> containerId() {
        return container.containerId();
    }

    Run with(RunStatus newStatus, Ownership newOwnership) {
        return new Run(
                id, taskId, spec, enqueued, newStatus, claimedAt, stopRequest, newOwnership, container, ending, log);
    }

    Run claimed(Instant at) {
        return new Run(
                id, taskId, spec, enqueued, status, Optional.of(at), stopRequest, ownership, container, ending, log);
    }

    Run stopRequested(StopRequest request) {
        return new Run(
                id, taskId, spec, enqueued, status, claimedAt, Optional.of(request), ownership, container, ending, log);
    }

    Run with(ContainerTrace newContainer) {
        return new Run(
                id, taskId, spec, enqueued, status, claimedAt, stopRequest, ownership, newContainer, ending, log);
    }

    Run ended(RunStatus end, Ending how) {
        return new Run(
                id,
                taskId,
                spec,
                enqueued,
                end,
                claimedAt,
                stopRequest,
                ownership.released(),
                container,
                Optional.of(how),
                log);
    }
}
