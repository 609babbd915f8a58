package io.gantry.run;

import io.gantry.access.Caller;
import io.gantry.access.Deed;
import io.gantry.access.Needs;
import io.gantry.access.Right;
import io.gantry.access.Scope;
import io.gantry.database.Rows;
import io.gantry.jsonapi.AttributeReader;
import io.gantry.jsonapi.Call;
import io.gantry.jsonapi.Document;
import io.gantry.jsonapi.FirstAnswer;
import io.gantry.jsonapi.JsonApi;
import io.gantry.jsonapi.Query;
import io.gantry.jsonapi.QueryRules;
import io.gantry.jsonapi.RequestDocument;
import io.gantry.jsonapi.Waiting;
import io.gantry.task.ChosenId;
import io.gantry.task.KeyedRequest;
import io.gantry.task.ReadOnlyRelationships;
import io.gantry.task.Task;
import io.gantry.task.TaskDocument;
import io.gantry.task.TaskId;
import io.gantry.task.TaskStore;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;

/** The runs of one task over HTTP. */
@Path("/tasks/{id}/runs")
@Produces({JsonApi.MEDIA_TYPE, MediaType.APPLICATION_JSON})
public final class TaskRunsResource {

    private final TaskStore tasks;
    private final RunPageStore runs;
    private final FurtherRunStore further;
    private final RunIncludes includes;
    private final RunEnds ends;

    public TaskRunsResource(
            TaskStore tasks, RunPageStore runs, FurtherRunStore further, RunIncludes includes, RunEnds ends) {
        this.tasks = tasks;
        this.runs = runs;
        this.further = further;
        this.includes = includes;
        this.ends = ends;
    }

    @GET
    @Needs(Right.READ)
    @Operation(operationId = "listRunsOfTask")
    public Response list(@BeanParam Call call, @PathParam("id") String text) {
        Query query = call.query(RunQuery.LIST);
        Scope scope = Caller.of(call).scope(Right.READ);
        Task task = tasks.get(TaskId.parse(text).orElseThrow(TaskStore::notFound), scope);
        RunQuery wanted = RunQuery.of(query, scope, Optional.of(task.id()));
        Rows<PlacedRun> page = runs.list(wanted.filter(), wanted.direction(), wanted.slice());
        return call.ok(query, includes.page(call, query, page).meta("total", runs.count(wanted.filter())));
    }

    @POST
    @Needs(Right.CHANGE)
    @Operation(operationId = "runTask")
    public void create(
            @BeanParam Call call, @PathParam("id") String text, byte[] body, @Suspended AsyncResponse response) {
        Query query = call.query(QueryRules.none());
        Optional<Waiting> waiting = Waiting.of(call);
        TaskId task = TaskId.parse(text).orElseThrow(TaskStore::notFound);
        FirstAnswer answer = further.create(
                newRun(call, task, body), run -> call.firstAnswer(query, Document.of(RunDocument.of(run, call))));
        if (waiting.isEmpty()) {
            response.resume(call.again(answer));
            return;
        }
        RunId id = RunId.parse(answer.createdId()).orElseThrow();
        // Clients choose ids: the run of an old answer may be gone, and somebody else's have the same id.
        Scope scope = Caller.of(call).scope(Right.READ);
        waiting.get()
                .answer(
                        response,
                        ends.whenOver(id.value(), waiting.get().atMost()),
                        () -> runs.find(id, scope)
                                .map(run -> call.created(query, Document.of(RunDocument.of(run, call))))
                                .orElseGet(() -> call.again(answer)));
    }

    private static NewRun newRun(Call call, TaskId task, byte[] body) {
        RequestDocument document = RequestDocument.forCreationWithOptionalBody(body, RunDocument.RUNS);
        AttributeReader in = document.attributes();
        Optional<RunId> id = ChosenId.read(document, in).map(RunId::new);
        new ReadOnlyRelationships(Map.of("task", Optional.of(TaskDocument.TASKS.identifier(task.toString()))))
                .check(document, in);
        in.finish();
        return new NewRun(
                task,
                id,
                call.idempotencyKey()
                        .map(key -> KeyedRequest.of(Caller.of(call), "POST /tasks/" + task + "/runs", key, body)),
                Deed.of(call));
    }
}
