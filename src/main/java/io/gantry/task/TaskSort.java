package io.gantry.task;

import io.gantry.database.Keyset;
import io.gantry.database.Keyset.Direction;
import io.gantry.database.Mark;
import java.util.Arrays;
import java.util.Optional;

/** What a list of tasks can be sorted by. */
enum TaskSort {
    CREATED_AT("createdAt", "t.created_at", "timestamptz"),
    TITLE("title", "t.title", "text"),
    STATUS("status", "r.status", "text");

    private final String word;
    private final String column;
    private final String type;

    TaskSort(String word, String column, String type) {
        this.word = word;
        this.column = column;
        this.type = type;
    }

    static Optional<TaskSort> parse(String word) {
        return Arrays.stream(values()).filter(s -> s.word.equals(word)).findFirst();
    }

    /** The name in {@code sort=}. */
    String word() {
        return word;
    }

    Keyset keyset(Direction direction) {
        return new Keyset(column, type, "t.id", direction);
    }

    Mark mark(Task task) {
        return new Mark(key(task), task.id().value());
    }

    private String key(Task task) {
        return switch (this) {
            case CREATED_AT -> task.createdAt().toString();
            case TITLE -> task.draft().title();
            case STATUS -> task.status().word();
        };
    }
}
