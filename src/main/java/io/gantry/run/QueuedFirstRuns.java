package io.gantry.run;

import io.gantry.database.Ledger;
import io.gantry.task.FirstRuns;
import io.gantry.task.TaskId;
import io.gantry.task.TaskSpec;
import java.util.UUID;

/** The first runs of tasks, put in the queue. */
public final class QueuedFirstRuns implements FirstRuns {

    private final RunQueue queue;

    public QueuedFirstRuns(RunQueue queue) {
        this.queue = queue;
    }

    @Override
    public Queued enqueue(Ledger ledger, TaskId task, TaskSpec spec, UUID run) {
        Run queued = queue.enqueue(ledger, new RunId(run), task, spec, RunTrigger.CREATE);
        return () -> queue.committed(queued);
    }
}
