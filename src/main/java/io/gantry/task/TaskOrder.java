package io.gantry.task;

import io.gantry.database.Keyset;
import io.gantry.database.Keyset.Direction;
import io.gantry.jsonapi.SortKey;

/** How a list of tasks is sorted. */
record TaskOrder(TaskSort sort, Direction direction) {

    /** The order that {@code sort=} asks for. */
    static TaskOrder of(SortKey key) {
        return new TaskOrder(
                TaskSort.parse(key.field()).orElseThrow(),
                key.isDescending() ? Direction.DESCENDING : Direction.ASCENDING);
    }

    Keyset keyset() {
        return sort.keyset(direction);
    }
}
