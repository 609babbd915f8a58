package io.gantry.task;

import java.time.Instant;

/** What to run, stored under an id, with what became of it last. */
public record Task(TaskId id, TaskDraft draft, Instant createdAt, Instant updatedAt, LastRun lastRun) {

    public TaskSpec spec() {
        return draft.spec();
    }

    public TaskStatus status() {
        return lastRun.status();
    }
}
