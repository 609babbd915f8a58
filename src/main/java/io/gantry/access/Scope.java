package io.gantry.access;

import java.util.Optional;

/**
 * Whose tasks a caller sees or changes; stores put it into their queries, so that what is foreign isn't even found.
 *
 * @param owner empty for everybody's
 */
public record Scope(Optional<String> owner) {

    public static final Scope ALL = new Scope(Optional.empty());

    public static Scope of(String owner) {
        return new Scope(Optional.of(owner));
    }

    public boolean isAll() {
        return owner.isEmpty();
    }
}
