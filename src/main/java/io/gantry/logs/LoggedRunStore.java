package io.gantry.logs;

import io.gantry.access.Scope;
import io.gantry.database.Database;
import io.gantry.run.RunId;
import io.gantry.task.TaskId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;

/** Reads what the rows of runs say of their logs. */
final class LoggedRunStore implements LoggedRuns {

    private final Database database;

    LoggedRunStore(Database database) {
        this.database = database;
    }

    @Override
    public Optional<LoggedRun> find(RunId run, Scope scope) {
        return database.read(handle -> handle.createQuery("""
                        select id, log_chunks, log_bytes, log_truncated, log_complete from runs
                        where id = :run
                            and (:owner::text is null or task_id in (select id from tasks where owner = :owner))""")
                .bind("run", run.value())
                .bind("owner", scope.owner().orElse(null))
                .map(LoggedRunStore::loggedRun)
                .findOne());
    }

    @Override
    public Optional<LoggedRun> findLatest(TaskId task, Scope scope) {
        return database.read(handle -> handle.createQuery("""
                        select r.id, r.log_chunks, r.log_bytes, r.log_truncated, r.log_complete
                        from tasks t join runs r on r.id = t.latest_run_id
                        where t.id = :task and (t.owner = :owner or :owner::text is null)""")
                .bind("task", task.value())
                .bind("owner", scope.owner().orElse(null))
                .map(LoggedRunStore::loggedRun)
                .findOne());
    }

    private static LoggedRun loggedRun(ResultSet row, StatementContext context) throws SQLException {
        return new LoggedRun(
                new RunId(row.getObject("id", UUID.class)),
                row.getLong("log_chunks"),
                row.getLong("log_bytes"),
                row.getBoolean("log_truncated"),
                Optional.ofNullable(row.getObject("log_complete", Boolean.class)));
    }
}
