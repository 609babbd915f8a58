package io.gantry.task;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** When an image is pulled, in the words of {@code docker run --pull}. */
public enum PullPolicy {
    /** When the engine doesn't have it. */
    MISSING,
    /** For each run, so that a tag which has moved is noticed. */
    ALWAYS,
    /** Not at all. */
    NEVER;

    /** The word used on the wire and in the database, e.g. {@code missing}. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    public static PullPolicy of(String word) {
        return PullPolicy.valueOf(word.toUpperCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return word();
    }
}
