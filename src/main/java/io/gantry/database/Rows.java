package io.gantry.database;

import java.util.List;
import java.util.function.Function;

/**
 * One slice of a list, in the list's order.
 *
 * @param hasPrevious whether the list has rows before these
 * @param hasNext whether it has rows after them
 */
public record Rows<T>(List<T> rows, boolean hasPrevious, boolean hasNext) {

    public Rows {
        rows = List.copyOf(rows);
    }

    public <U> Rows<U> map(Function<T, U> each) {
        return new Rows<>(rows.stream().map(each).toList(), hasPrevious, hasNext);
    }
}
