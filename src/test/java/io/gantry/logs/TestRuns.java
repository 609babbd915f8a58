package io.gantry.logs;

import io.gantry.database.Database;
import io.gantry.run.RunId;
import io.gantry.task.TaskId;
import org.jdbi.v3.core.Handle;

/** Rows of runs that logs can be written for. */
final class TestRuns {

    private final Database database;

    TestRuns(Database database) {
        this.database = database;
    }

    /** A run in epoch 1, the latest of a task of its own. */
    RunId running() {
        return running(TaskId.random());
    }

    RunId running(TaskId task) {
        RunId run = RunId.random();
        database.useTransaction(handle -> {
            insertTask(handle, task, run);
            handle.execute("""
                    insert into runs (id, task_id, position, trigger, status, spec, queued_at, claimed_at, epoch)
                    select ?, ?, count(*) + 1, 'create', 'running', '{}', clock_timestamp(), clock_timestamp(), 1
                    from runs""", run.value(), task.value());
        });
        return run;
    }

    RunId queued(TaskId task) {
        RunId run = RunId.random();
        database.useTransaction(handle -> {
            insertTask(handle, task, run);
            handle.execute("""
                    insert into runs (id, task_id, position, trigger, status, spec, queued_at)
                    select ?, ?, count(*) + 1, 'create', 'queued', '{}', clock_timestamp() from runs""", run.value(), task.value());
        });
        return run;
    }

    void adopt(RunId run, long epoch) {
        execute("update runs set epoch = ? where id = ?", epoch, run.value());
    }

    void end(RunId run, boolean logComplete) {
        execute("""
                update runs set status = 'succeeded', finished_at = clock_timestamp(), log_complete = ?
                where id = ?""", logComplete, run.value());
    }

    /** As a deletion does: the chunks are left for later. */
    void delete(RunId run) {
        execute("insert into orphaned_logs (run_id) values (?)", run.value());
        execute("delete from tasks where latest_run_id = ?", run.value());
    }

    private void execute(String sql, Object... arguments) {
        database.useTransaction(handle -> handle.execute(sql, arguments));
    }

    private static void insertTask(Handle handle, TaskId task, RunId latest) {
        handle.execute("""
                insert into tasks (id, title, spec, latest_run_id, created_at, updated_at)
                values (?, 'logs', '{"image": "busybox"}', ?, clock_timestamp(), clock_timestamp())""", task.value(), latest.value());
    }
}
