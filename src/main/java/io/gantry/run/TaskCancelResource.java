package io.gantry.run;

import io.gantry.access.Deed;
import io.gantry.access.Needs;
import io.gantry.access.Right;
import io.gantry.jsonapi.Call;
import io.gantry.jsonapi.Document;
import io.gantry.jsonapi.JsonApi;
import io.gantry.jsonapi.Query;
import io.gantry.jsonapi.QueryRules;
import io.gantry.problem.ProblemException;
import io.gantry.task.TaskId;
import io.gantry.task.TaskStore;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/** Cancels the latest run of a task over HTTP. */
@Path("/tasks/{id}/cancel")
@Produces({JsonApi.MEDIA_TYPE, MediaType.APPLICATION_JSON})
public final class TaskCancelResource {

    private final TaskStore tasks;
    private final RunPageStore runs;
    private final RunControl control;

    public TaskCancelResource(TaskStore tasks, RunPageStore runs, RunControl control) {
        this.tasks = tasks;
        this.runs = runs;
        this.control = control;
    }

    @POST
    @Needs(Right.CHANGE)
    @Operation(operationId = "cancelTask")
    public Response cancel(@BeanParam Call call, @PathParam("id") String text) {
        Query query = call.query(QueryRules.none());
        TaskId task = TaskId.parse(text).orElseThrow(TaskStore::notFound);
        return cancelLatest(task, Deed.of(call))
                .flatMap(run -> runs.find(run.id()))
                .map(run -> call.accepted(query, Document.of(RunDocument.of(run, call))))
                .orElseThrow(TaskStore::notFound);
    }

    /** A run that was the latest may have been tried again by the time that it is cancelled. */
    private Optional<Run> cancelLatest(TaskId task, Deed deed) {
        while (true) {
            RunId latest = latest(task, deed);
            try {
                return control.cancel(latest, deed);
            } catch (ProblemException finished) {
                if (latest.equals(latest(task, deed))) {
                    throw finished;
                }
            }
        }
    }

    private RunId latest(TaskId task, Deed deed) {
        return new RunId(tasks.get(task, deed.scope()).lastRun().id());
    }
}
