package io.gantry.task;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How tightly a container is fenced in, from loose to tight; docs/sandbox.md has the table. */
public enum Sandbox {
    /** The image's user, what is left of root's capabilities, a root file system that can be written, a network. */
    STANDARD,
    /** A user other than root, no capability, a root file system that can't be written, no network. */
    STRICT;

    /** The word used on the wire and in the database, e.g. {@code strict}. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    public static Sandbox of(String word) {
        return Sandbox.valueOf(word.toUpperCase(Locale.ROOT));
    }

    Sandbox atLeast(Sandbox least) {
        return compareTo(least) < 0 ? least : this;
    }

    @Override
    public String toString() {
        return word();
    }
}
