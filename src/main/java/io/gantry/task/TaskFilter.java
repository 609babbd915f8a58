package io.gantry.task;

import io.gantry.access.Scope;
import java.util.Optional;
import java.util.Set;

/**
 * Which tasks a list shows.
 *
 * @param statuses empty for all
 * @param image as it was sent with the task
 */
record TaskFilter(Scope scope, Set<TaskStatus> statuses, Optional<String> image) {

    static final TaskFilter ALL = new TaskFilter(Scope.ALL, Set.of(), Optional.empty());

    boolean isAll() {
        return scope.isAll() && statuses.isEmpty() && image.isEmpty();
    }
}
