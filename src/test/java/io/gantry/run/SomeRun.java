package io.gantry.run;

import io.gantry.run.Run.Enqueued;
import io.gantry.task.Command;
import io.gantry.task.TaskId;
import io.gantry.task.TaskSpec;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Runs for tests that don't care how they came about. */
public final class SomeRun {

    private static final Instant BIRTH = Instant.parse("2026-01-01T00:00:00Z");

    private SomeRun() {}

    public static Run queued() {
        TaskSpec spec = TaskSpec.of("busybox", new Command.Shell("echo hello"));
        return Run.queued(RunId.random(), TaskId.random(), spec, new Enqueued(1, BIRTH, RunTrigger.CREATE, 1));
    }

    public static Run in(RunStatus status) {
        Run queued = queued();
        Run running = queued.on(new RunEvent.Claimed(new Owner("node", UUID.randomUUID()), BIRTH.plusSeconds(1)));
        return switch (status) {
            case QUEUED -> queued;
            case RUNNING -> running;
            case SUCCEEDED -> end(running, new Outcome.Succeeded(Outcome.OomKill.NOT_SEEN));
            case FAILED -> end(running, Outcome.failed(FailureCode.EXIT_CODE, "The command returned 3."));
            case TIMED_OUT ->
                end(running, new Outcome.TimedOut(Optional.empty(), Optional.empty(), Outcome.OomKill.NOT_SEEN));
            case CANCELLED -> end(running, Outcome.cancelled());
        };
    }

    private static Run end(Run running, Outcome outcome) {
        return running.on(new RunEvent.Ended(outcome, BIRTH.plusSeconds(2), true));
    }
}
