package io.gantry.queue;

import io.gantry.database.Ledger;
import io.gantry.queue.QueueStore.NewRun;
import io.gantry.run.Run;
import io.gantry.run.RunId;
import io.gantry.run.RunQueue;
import io.gantry.run.RunTrigger;
import io.gantry.task.TaskId;
import io.gantry.task.TaskSpec;

/** The end of the line, for whoever accepts runs: a row in the transaction, a turn after it. */
public final class Line implements RunQueue {

    private final QueueStore queue;
    private final Turns turns;

    public Line(QueueStore queue, Turns turns) {
        this.queue = queue;
        this.turns = turns;
    }

    @Override
    public Run enqueue(Ledger ledger, RunId id, TaskId task, TaskSpec spec, RunTrigger trigger) {
        return queue.enqueue(ledger, new NewRun(id, task, spec, trigger, 1));
    }

    @Override
    public Run enqueueRetry(Ledger ledger, RunId id, Run failed) {
        return queue.enqueue(
                ledger, new NewRun(id, failed.taskId(), failed.spec(), RunTrigger.RETRY, failed.attempt() + 1));
    }

    @Override
    public void committed(Run run) {
        turns.add(run);
    }
}
