package io.gantry.task;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What a task shows of its latest run.
 *
 * @param retryAt when it is tried again; absent unless that is still to come
 */
public record LastRun(
        UUID id,
        TaskStatus status,
        Optional<Integer> exitCode,
        Optional<Reason> failure,
        Instant queuedAt,
        Optional<Instant> startedAt,
        Optional<Instant> finishedAt,
        Optional<Instant> retryAt) {

    /** Why it didn't succeed. */
    public record Reason(String code, String detail) {}
}
