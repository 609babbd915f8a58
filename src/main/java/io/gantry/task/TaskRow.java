package io.gantry.task;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

/** Reads a task from a row of {@code tasks} joined with its latest run. */
final class TaskRow {

    static final String COLUMNS = """
            t.id, t.title, t.description, t.spec, t.owner, t.created_at, t.updated_at, r.id as run_id, r.status, r.exit_code,
            r.failure_code, r.failure_detail, r.queued_at, r.started_at, r.finished_at,
            case when r.retry_state = 'pending' then r.retry_at end as pending_retry_at
            """;
    static final String TABLES = "tasks t join runs r on r.id = t.latest_run_id";

    private final TaskSpecJson specs = new TaskSpecJson();

    Task read(ResultSet row) throws SQLException {
        return new Task(
                new TaskId(row.getObject("id", UUID.class)),
                new TaskDraft(
                        row.getString("title"),
                        Optional.ofNullable(row.getString("description")),
                        specs.read(row.getString("spec"))),
                Optional.ofNullable(row.getString("owner")),
                instant(row, "created_at").orElseThrow(),
                instant(row, "updated_at").orElseThrow(),
                lastRun(row));
    }

    private static LastRun lastRun(ResultSet row) throws SQLException {
        Optional<String> detail = Optional.ofNullable(row.getString("failure_detail"));
        return new LastRun(
                row.getObject("run_id", UUID.class),
                TaskStatus.parse(row.getString("status")).orElseThrow(),
                Optional.ofNullable(row.getObject("exit_code", Integer.class)),
                Optional.ofNullable(row.getString("failure_code"))
                        .map(code -> new LastRun.Reason(code, detail.orElse(""))),
                instant(row, "queued_at").orElseThrow(),
                instant(row, "started_at"),
                instant(row, "finished_at"),
                instant(row, "pending_retry_at"));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
