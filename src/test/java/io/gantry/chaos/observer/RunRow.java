package io.gantry.chaos.observer;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A row of {@code runs} with all its columns, whichever they are, as Postgres writes it in JSON. */
public record RunRow(JsonNode columns) {

    private static final Set<String> ACTIVE = Set.of("queued", "running");

    public UUID id() {
        return UUID.fromString(columns.path("id").asText());
    }

    public UUID task() {
        return UUID.fromString(columns.path("task_id").asText());
    }

    public long position() {
        return columns.path("position").asLong();
    }

    public String status() {
        return columns.path("status").asText();
    }

    public boolean isActive() {
        return ACTIVE.contains(status());
    }

    public Optional<Instant> at(String column) {
        return text(column).map(text -> OffsetDateTime.parse(text).toInstant());
    }

    public Optional<Instant> claimedAt() {
        return at("claimed_at");
    }

    public Optional<Integer> exitCode() {
        return text("exit_code").map(Integer::valueOf);
    }

    public Optional<String> failureCode() {
        return text("failure_code");
    }

    public boolean oomKilled() {
        return columns.path("oom_killed").asBoolean();
    }

    public Optional<String> owner() {
        return text("owner");
    }

    public long epoch() {
        return columns.path("epoch").asLong();
    }

    public long logBytes() {
        return columns.path("log_bytes").asLong();
    }

    public Optional<Boolean> logComplete() {
        return text("log_complete").map(Boolean::valueOf);
    }

    private Optional<String> text(String column) {
        JsonNode value = columns.path(column);
        return value.isNull() || value.isMissingNode() ? Optional.empty() : Optional.of(value.asText());
    }

    @Override
    public String toString() {
        return "run " + id() + " (position " + position() + ", " + status() + ")";
    }
}
