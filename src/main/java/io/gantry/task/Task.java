package io.gantry.task;

import java.time.Instant;

/** What to run, stored under an id, with what became of it last. */
public record Task(TaskId id, TaskDraft draft, Instant createdAt, Instant updatedAt, LastRun lastRun) {

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
