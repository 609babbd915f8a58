package io.gantry.chaos.invariant;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gantry.chaos.observer.RunRow;
import org.jspecify.annotations.Nullable;

/** Rows of {@code runs}, made by hand. */
final class Row {

    private Row() {}

    static RunRow queued(int n) {
        ObjectNode columns = new JsonMapper().createObjectNode();
        columns.put("id", Story.run(n).toString())
                .put("task_id", Story.task(n).toString())
                .put("position", n)
                .put("status", "queued")
                .put("epoch", 0)
                .put("oom_killed", false)
                .putNull("claimed_at")
                .putNull("exit_code")
                .putNull("failure_code")
                .putNull("owner")
                .putNull("log_complete");
        return new RunRow(columns);
    }

    static RunRow running(int n) {
        RunRow claimed = with(queued(n), "status", "running");
        return with(with(with(claimed, "claimed_at", claimTime(n)), "owner", "node-a"), "epoch", 1);
    }

    static RunRow ended(int n, String status, int exitCode) {
        RunRow over = with(with(running(n), "status", status), "exit_code", exitCode);
        return with(with(over, "owner", null), "log_complete", true);
    }

    static RunRow with(RunRow row, String column, @Nullable Object value) {
        ObjectNode columns = row.columns().deepCopy();
        columns.set(column, new JsonMapper().valueToTree(value));
        return new RunRow(columns);
    }

    private static String claimTime(int n) {
        return "2026-01-01T00:00:%02d.123456+00:00".formatted(n);
    }
}
