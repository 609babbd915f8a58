package io.gantry.task;

import io.gantry.database.Ledger;
import java.util.UUID;

/** Queues the first run of a new task: what tasks need of whoever runs them. */
public interface FirstRuns {

    /** Puts the run in line, in the transaction that stores the task. */
    Queued enqueue(Ledger ledger, TaskId task, TaskSpec spec, UUID run);

    /** A run in line. */
    interface Queued {

        /** To be called once, after the commit: only now can the run be given a turn. */
        void committed();
    }
}
