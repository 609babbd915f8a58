package io.gantry.run;

import io.gantry.access.Scope;
import io.gantry.database.Database;
import io.gantry.database.Ledger;
import io.gantry.task.TaskStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The next attempts at what failed: each is a run of its own, at the end of the line. */
public final class RetryStore {

    private static final int BATCH = 100;

    private final Database database;
    private final RunStore runs;
    private final TaskStore tasks;
    private final RunQueue queue;

    public RetryStore(Database database, RunStore runs, TaskStore tasks, RunQueue queue) {
        this.database = database;
        this.runs = runs;
        this.tasks = tasks;
        this.queue = queue;
    }

    /** When the run is tried again; empty if it isn't. */
    public Optional<Instant> findPending(RunId failed) {
        return database.<Optional<Run>>read(handle -> runs.find(handle, failed)).flatMap(Run::pendingRetry);
    }

    /** Puts the next attempt in line, if there is one and its time has come. May be called any number of times. */
    public void retry(RunId failed) {
        Optional<Run> next = database.inTransaction(handle -> {
            Ledger ledger = Ledger.lock(handle);
            return runs.find(handle, failed)
                    .flatMap(run -> isDue(ledger, run) ? enqueue(ledger, run) : Optional.empty());
        });
        next.ifPresent(queue::committed);
    }

    /** Does the same for all whose time has come. */
    public void sweep() {
        due().forEach(this::retry);
    }

    private List<RunId> due() {
        return database.read(handle -> runs.listDueRetries(handle, BATCH));
    }

    private static boolean isDue(Ledger ledger, Run run) {
        Instant now = ledger.stamp();
        return run.pendingRetry().filter(at -> !now.isBefore(at)).isPresent();
    }

    private Optional<Run> enqueue(Ledger ledger, Run failed) {
        Handle handle = ledger.handle();
        tasks.get(ledger, failed.taskId(), Scope.ALL);
        RunId id = RunId.random();
        Run next = queue.enqueueRetry(ledger, id, failed);
        runs.closeRetry(handle, failed.id());
        tasks.setLatestRun(ledger, failed.taskId(), id.value());
        return Optional.of(next);
    }
}
