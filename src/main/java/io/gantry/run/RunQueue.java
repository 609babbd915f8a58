package io.gantry.run;

import io.gantry.database.Ledger;
import io.gantry.task.TaskId;
import io.gantry.task.TaskSpec;

/** Where runs wait for their turn: what runs need of whoever gives turns. */
public interface RunQueue {

    /** Puts a run at the end of the line, in the caller's transaction. */
    Run enqueue(Ledger ledger, RunId id, TaskId task, TaskSpec spec, RunTrigger trigger);

    /** The same for the next attempt at what a failed run was to do. */
    Run enqueueRetry(Ledger ledger, RunId id, Run failed);

    /** Gives the run its turn; called after the commit. */
    void committed(Run run);
}
