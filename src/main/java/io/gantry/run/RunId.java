package io.gantry.run;

import com.github.f4b6a3.uuid.UuidCreator;
import io.gantry.task.Uuids;
import java.util.Optional;
import java.util.UUID;

/** Which run: a UUID, version 7 where we choose it. */
public record RunId(UUID value) {

    public static RunId random() {
        return new RunId(UuidCreator.getTimeOrderedEpoch());
    }

    /** Empty for text that isn't the canonical form of a UUID. */
    public static Optional<RunId> parse(String text) {
        return Uuids.parse(text).map(RunId::new);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
