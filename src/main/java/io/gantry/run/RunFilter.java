package io.gantry.run;

import io.gantry.task.TaskId;
import java.util.Optional;
import java.util.Set;

/**
 * Which runs a list shows.
 *
 * @param task absent for the runs of all tasks
 * @param statuses empty for all
 */
record RunFilter(Optional<TaskId> task, Set<RunStatus> statuses) {

    static final RunFilter ALL = new RunFilter(Optional.empty(), Set.of());
}
