package io.gantry.task;

import io.gantry.access.Deed;
import java.util.Optional;

/**
 * A task that a client wants.
 *
 * @param id if the client chose one
 * @param request if the client may send it again
 */
record NewTask(Optional<TaskId> id, TaskDraft draft, Optional<KeyedRequest> request, Deed deed) {}
