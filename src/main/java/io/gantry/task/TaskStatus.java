package io.gantry.task;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where a task stands: as its latest run does, in the words of the API. */
public enum TaskStatus {
    QUEUED,
    RUNNING,
    SUCCEEDED,
    FAILED,
    TIMED_OUT,
    CANCELLED;

    /** The word used on the wire and in the database, e.g. {@code timed-out}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<TaskStatus> parse(String word) {
        return Arrays.stream(values()).filter(s -> s.word().equals(word)).findFirst();
    }

    boolean isActive() {
        return this == QUEUED || this == RUNNING;
    }

    @Override
    public String toString() {
        return word();
    }
}
