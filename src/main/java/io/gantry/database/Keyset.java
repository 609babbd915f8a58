package io.gantry.database;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The order of a list by a key and then the id, and the SQL to go on from any place in it: rows that come or go meanwhile
 * make no page skip or repeat another row.
 *
 * @param key the key's SQL expression
 * @param type the key's SQL type
 * @param id the id's SQL expression
 */
public record Keyset(String key, String type, String id, Direction direction) {

    /** Which way a list is sorted. */
    public enum Direction {
        ASCENDING,
        DESCENDING;

        private Direction reversed() {
            return this == ASCENDING ? DESCENDING : ASCENDING;
        }
    }

    /** The condition of the slice, over the parameters {@code mark_key} and {@code mark_id} if it has a mark. */
    public String where(Slice slice) {
        return slice.mark().isEmpty() ? "true" : beyond(way(slice));
    }

    /** The condition of what lies on the other side of a mark that is given by the same two parameters. */
    public String whereBehind(Slice slice) {
        return beyond(way(slice).reversed());
    }

    /** The order to fetch the slice in, whose first {@code size + 1} rows are to be fetched. */
    public String orderBy(Slice slice) {
        return orderBy(key, id, slice);
    }

    /** The same order where key and id have other names. */
    public String orderBy(String key, String id, Slice slice) {
        String way = way(slice) == Direction.ASCENDING ? " asc" : " desc";
        return key + way + ", " + id + way;
    }

    /**
     * Makes the slice of what was fetched.
     *
     * @param fetched up to {@code size + 1} rows in the order of {@link #orderBy}
     * @param behind tells whether there are rows on the other side of a mark
     */
    public <T> Rows<T> rows(Slice slice, List<T> fetched, Function<T, Mark> markOf, Predicate<Mark> behind) {
        boolean more = fetched.size() > slice.size();
        List<T> rows = new ArrayList<>(more ? fetched.subList(0, slice.size()) : fetched);
        Optional<Mark> edge = slice.mark().map(mark -> rows.isEmpty() ? mark : markOf.apply(rows.get(0)));
        boolean others = edge.isPresent() && behind.test(edge.get());
        if (slice.before().isEmpty()) {
            return new Rows<>(rows, others, more);
        }
        Collections.reverse(rows);
        return new Rows<>(rows, more, others);
    }

    private Direction way(Slice slice) {
        return slice.before().isPresent() ? direction.reversed() : direction;
    }

    private String beyond(Direction way) {
        String operator = way == Direction.ASCENDING ? ">" : "<";
        return "(%s, %s) %s (cast(:mark_key as %s), :mark_id)".formatted(key, id, operator, type);
    }
}
