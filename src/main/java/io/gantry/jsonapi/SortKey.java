package io.gantry.jsonapi;

/** One field to sort by, and which way. */
public record SortKey(String field, Direction direction) {

    /** Which way to sort. */
    public enum Direction {
        ASCENDING,
        DESCENDING
    }

    public static SortKey ascending(String field) {
        return new SortKey(field, Direction.ASCENDING);
    }

    public static SortKey descending(String field) {
        return new SortKey(field, Direction.DESCENDING);
    }

    static SortKey parse(String text) {
        return text.startsWith("-") ? descending(text.substring(1)) : ascending(text);
    }

    public boolean isDescending() {
        return direction == Direction.DESCENDING;
    }

    /** As it is written in {@code sort=}. */
    @Override
    public String toString() {
        return isDescending() ? "-" + field : field;
    }
}
