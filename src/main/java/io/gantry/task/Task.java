package io.gantry.task;

import java.time.Instant;
import java.util.Optional;

/**
 * What to run, stored under an id, with what became of it last.
 *
 * @param owner who created it; empty where nobody was asked who he is
 */
public record Task(
        TaskId id, TaskDraft draft, Optional<String> owner, Instant createdAt, Instant updatedAt, LastRun lastRun) {

    public TaskSpec spec() {
        return draft.spec();
    }

    /** While a run waits or goes on, or is going to be tried again, what it uses can't be changed. */
    public boolean isActive() {
        return status().isActive() || lastRun.retryAt().isPresent();
    }

    public TaskStatus status() {
        return lastRun.status();
    }
}
