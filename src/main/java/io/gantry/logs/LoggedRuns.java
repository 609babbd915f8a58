package io.gantry.logs;

import io.gantry.access.Scope;
import io.gantry.run.RunId;
import io.gantry.task.TaskId;
import java.util.Optional;

/** Finds the runs whose logs are asked for. */
interface LoggedRuns {

    Optional<LoggedRun> find(RunId run, Scope scope);

    /** The latest run of a task. */
    Optional<LoggedRun> findLatest(TaskId task, Scope scope);
}
