package io.gantry.task;

import com.github.f4b6a3.uuid.UuidCreator;
import java.util.Optional;
import java.util.UUID;

/** Which task: a UUID, version 7 where we choose it. */
public record TaskId(UUID value) {

    public static TaskId random() {
        return new TaskId(UuidCreator.getTimeOrderedEpoch());
    }

    /** Empty for text that isn't the canonical form of a UUID. */
    public static Optional<TaskId> parse(String text) {
        return Uuids.parse(text).map(TaskId::new);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
