package io.gantry.run;

import io.gantry.run.Run.ContainerTrace;
import io.gantry.run.Run.Ending;
import io.gantry.task.DurationText;
import java.time.Instant;
import java.util.Optional;

/** Something that happens to a run. */
public sealed interface RunEvent {

    /** The run after this event, whose status allows it. */
    Run applyTo(Run run);

    /** It got its slot. */
    record Claimed(Owner by, Instant at) implements RunEvent {
        @Override
        public Run applyTo(Run run) {
            return run.with(RunStatus.RUNNING, run.ownership().taken(by)).claimed(at);
        }
    }

    /** Another life, or another node, took over what its owner left. */
    record Adopted(Owner by) implements RunEvent {
        @Override
        public Run applyTo(Run run) {
            return run.with(run.status(), run.ownership().taken(by));
        }
    }

    /** Its owner lets go of it without ending it. */
    record Released() implements RunEvent {
        @Override
        public Run applyTo(Run run) {
            return run.with(run.status(), run.ownership().released());
        }
    }

    /** From now on a container of it may be on this engine. */
    record CreationIntended(String engineId, String imageDigest) implements RunEvent {
        @Override
        public Run applyTo(Run run) {
            return run.with(new ContainerTrace(
                    Optional.of(engineId),
                    Optional.of(imageDigest),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()));
        }
    }

    /** From now on a start request for this container may be on its way. */
    record StartIntended(String containerId, Instant at) implements RunEvent {
        @Override
        public Run applyTo(Run run) {
            ContainerTrace trace = run.container();
            return run.with(new ContainerTrace(
                    trace.engineId(),
                    trace.imageDigest(),
                    Optional.of(containerId),
                    Optional.of(at),
                    Optional.empty()));
        }
    }

    /** The engine confirmed that the container was removed before it ever ran: another may be created. */
    record StartWithdrawn() implements RunEvent {
        @Override
        public Run applyTo(Run run) {
            ContainerTrace trace = run.container();
            return run.with(new ContainerTrace(
                    trace.engineId(), trace.imageDigest(), Optional.empty(), Optional.empty(), Optional.empty()));
        }
    }

    /**
     * The engine confirmed that the container runs, or ran.
     *
     * @param at engine time
     */
    record Started(Instant at) implements RunEvent {
        @Override
        public Run applyTo(Run run) {
            ContainerTrace trace = run.container();
            return run.with(new ContainerTrace(
                    trace.engineId(),
                    trace.imageDigest(),
                    trace.containerId(),
                    trace.startIntendedAt(),
                    Optional.of(at)));
        }
    }

    /** Someone asked for its end; the first one counts. */
    record StopRequested(Instant at, String by) implements RunEvent {
        @Override
        public Run applyTo(Run run) {
            return run.stopRequest().isPresent() ? run : run.stopRequested(StopRequest.fresh(at, by));
        }
    }

    /** It waited for a slot as long as it may. */
    record Expired(Instant at) implements RunEvent {
        @Override
        public Run applyTo(Run run) {
            String most = run.spec().queueTimeout().map(DurationText::format).orElse("none");
            Failure failure = new Failure(
                    FailureCode.QUEUE_TIMEOUT,
                    "It waited in the queue for longer than its queueTimeout of " + most + ".");
            return run.ended(RunStatus.TIMED_OUT, new Ending(at, Optional.empty(), false, Optional.of(failure), true));
        }
    }

    /** It left the queue without ever getting a slot. */
    record Withdrawn(Instant at) implements RunEvent {
        @Override
        public Run applyTo(Run run) {
            return run.ended(RunStatus.CANCELLED, new Ending(at, Optional.empty(), false, Optional.empty(), true));
        }
    }

    /**
     * It is over.
     *
     * @param at the engine's time of the container's end; ours where there was none
     */
    record Ended(Outcome outcome, Instant at, boolean logComplete) implements RunEvent {
        @Override
        public Run applyTo(Run run) {
            return run.ended(
                    outcome.status(),
                    new Ending(
                            at,
                            outcome.exitCode(),
                            outcome.oom() == Outcome.OomKill.SEEN,
                            outcome.failure(),
                            logComplete));
        }
    }

    /**
     * Nobody waits any longer for an owner that is gone, on an engine that nobody reaches. A new epoch, so that whoever
     * comes back writes nothing.
     *
     * @param at database time
     */
    record GivenUp(String detail, Instant at) implements RunEvent {
        @Override
        public Run applyTo(Run run) {
            Failure lost = new Failure(FailureCode.CONTAINER_LOST, detail);
            boolean neverStarted = run.container().startIntendedAt().isEmpty();
            return run.with(run.status(), run.ownership().revoked())
                    .ended(RunStatus.FAILED, new Ending(at, Optional.empty(), false, Optional.of(lost), neverStarted));
        }
    }
}
