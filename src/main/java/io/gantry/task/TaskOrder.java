package io.gantry.task;

import io.gantry.database.Keyset;
import io.gantry.database.Keyset.Direction;

/** How a list of tasks is sorted. */
record TaskOrder(TaskSort sort, Direction direction) {

    static final TaskOrder NEWEST_FIRST = new TaskOrder(TaskSort.CREATED_AT, Direction.DESCENDING);

    Keyset keyset() {
        return sort.keyset(direction);
    }
}
