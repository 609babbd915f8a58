package io.gantry.run;

import io.gantry.access.Scope;
import io.gantry.task.TaskId;
import java.util.Optional;
import java.util.Set;

/**
 * Which runs a list shows.
 *
 * @param scope whose tasks they are of
 * @param task absent for the runs of all tasks
 * @param statuses empty for all
 */
record RunFilter(Scope scope, Optional<TaskId> task, Set<RunStatus> statuses) {

    static final RunFilter ALL = new RunFilter(Scope.ALL, Optional.empty(), Set.of());
}
