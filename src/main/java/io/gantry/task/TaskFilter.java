package io.gantry.task;

import java.util.Optional;
import java.util.Set;

/**
 * Which tasks a list shows.
 *
 * @param statuses empty for all
 * @param image as it was sent with the task
 */
record TaskFilter(Set<TaskStatus> statuses, Optional<String> image) {

    static final TaskFilter ALL = new TaskFilter(Set.of(), Optional.empty());

    boolean isAll() {
        return statuses.isEmpty() && image.isEmpty();
    }
}
