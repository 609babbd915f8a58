package io.gantry.run;

import io.gantry.access.Deed;
import io.gantry.task.KeyedRequest;
import io.gantry.task.TaskId;
import java.util.Optional;

/**
 * A further run of a task that a client wants.
 *
 * @param id if the client chose one
 * @param request if the client may send it again
 */
record NewRun(TaskId task, Optional<RunId> id, Optional<KeyedRequest> request, Deed deed) {}
