package io.gantry.queue;

import io.gantry.database.Database;
import io.gantry.database.Ledger;
import io.gantry.run.Run;
import io.gantry.run.RunId;
import io.gantry.run.RunTrigger;
import io.gantry.task.Command;
import io.gantry.task.TaskId;
import io.gantry.task.TaskSpec;
import io.gantry.task.TaskSpecJson;
import java.util.ArrayList;
import java.util.List;

/** Stores tasks whose first run is queued, as accepting a task does. */
public final class QueuedRuns {

    private final Database database;
    private final QueueStore queue;
    private final TaskSpecJson specs = new TaskSpecJson();

    public QueuedRuns(Database database, QueueStore queue) {
        this.database = database;
        this.queue = queue;
    }

    public Run accept() {
        return accept(TaskSpec.of("busybox", new Command.Shell("echo hello")));
    }

    public Run accept(TaskSpec spec) {
        TaskId task = TaskId.random();
        RunId run = RunId.random();
        return database.inTransaction(handle -> {
            Ledger ledger = Ledger.lock(handle);
            handle.createUpdate("""
                            insert into tasks (id, title, spec, latest_run_id, created_at, updated_at)
                            values (:id, 'a task', :spec::jsonb, :run, clock_timestamp(), clock_timestamp())""")
                    .bind("id", task.value())
                    .bind("spec", specs.write(spec))
                    .bind("run", run.value())
                    .execute();
            return queue.enqueue(ledger, new QueueStore.NewRun(run, task, spec, RunTrigger.CREATE, 1));
        });
    }

    public List<Run> accept(int count) {
        List<Run> accepted = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            accepted.add(accept());
        }
        return accepted;
    }
}
