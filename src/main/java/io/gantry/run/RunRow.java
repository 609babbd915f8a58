package io.gantry.run;

import io.gantry.run.Run.ContainerTrace;
import io.gantry.run.Run.Ending;
import io.gantry.run.Run.Enqueued;
import io.gantry.run.Run.Ownership;
import io.gantry.run.Run.RunLogFacts;
import io.gantry.task.TaskId;
import io.gantry.task.TaskSpecJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Reads a run from a row of {@code runs}, all columns selected under their own names. */
public final class RunRow {

    private final TaskSpecJson specs = new TaskSpecJson();

    public Run read(ResultSet row) throws SQLException {
        return new Run(
                new RunId(row.getObject("id", UUID.class)),
                new TaskId(row.getObject("task_id", UUID.class)),
                specs.read(row.getString("spec")),
                enqueued(row),
                RunStatus.parse(row.getString("status")).orElseThrow(),
                instant(row, "claimed_at"),
                stopRequest(row),
                ownership(row),
                container(row),
                ending(row),
                new RunLogFacts(row.getLong("log_bytes"), row.getBoolean("log_truncated")));
    }

    private static Enqueued enqueued(ResultSet row) throws SQLException {
        return new Enqueued(
                row.getLong("position"),
                instant(row, "queued_at").orElseThrow(),
                RunTrigger.valueOf(row.getString("trigger").toUpperCase(Locale.ROOT)),
                row.getInt("attempt"));
    }

    private static Ownership ownership(ResultSet row) throws SQLException {
        return new Ownership(
                Optional.ofNullable(row.getObject("owner", UUID.class)), text(row, "node"), row.getLong("epoch"));
    }

    private static ContainerTrace container(ResultSet row) throws SQLException {
        return new ContainerTrace(
                text(row, "engine_id"),
                text(row, "image_digest"),
                text(row, "container_id"),
                instant(row, "start_intended_at"),
                instant(row, "started_at"));
    }

    private static Optional<Ending> ending(ResultSet row) throws SQLException {
        Optional<Instant> finishedAt = instant(row, "finished_at");
        if (finishedAt.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> code = text(row, "failure_code");
        Optional<String> detail = text(row, "failure_detail");
        return Optional.of(new Ending(
                finishedAt.get(),
                Optional.ofNullable(row.getObject("exit_code", Integer.class)),
                row.getBoolean("oom_killed"),
                code.map(c -> new Failure(FailureCode.of(c), detail.orElse(""))),
                row.getBoolean("log_complete"),
                retry(row)));
    }

    private static Optional<StopRequest> stopRequest(ResultSet row) throws SQLException {
        Optional<Instant> at = instant(row, "stop_requested_at");
        if (at.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new StopRequest(
                at.get(),
                text(row, "stop_requested_by").orElse(""),
                text(row, "stop_signal"),
                row.getBoolean("stop_killed")));
    }

    private static Optional<Retry> retry(ResultSet row) throws SQLException {
        Optional<Instant> at = instant(row, "retry_at");
        return at.isEmpty()
                ? Optional.empty()
                : Optional.of(new Retry(at.get(), Retry.State.of(row.getString("retry_state"))));
    }

    private static Optional<String> text(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
