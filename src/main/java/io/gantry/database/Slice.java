package io.gantry.database;

import java.util.Optional;

/** Which part of a list is wanted: so many rows from the beginning, after a mark, or before one. */
public record Slice(int size, Optional<Mark> after, Optional<Mark> before) {

    public Slice {
        if (after.isPresent() && before.isPresent()) {
            throw new IllegalArgumentException("a slice lies after one mark or before one, not both");
        }
    }

    public static Slice first(int size) {
        return new Slice(size, Optional.empty(), Optional.empty());
    }

    public static Slice after(Mark mark, int size) {
        return new Slice(size, Optional.of(mark), Optional.empty());
    }

    public static Slice before(Mark mark, int size) {
        return new Slice(size, Optional.empty(), Optional.of(mark));
    }

    Optional<Mark> mark() {
        return after.or(() -> before);
    }
}
