package io.gantry.task;

import io.gantry.access.Caller;
import io.gantry.access.Deed;
import io.gantry.access.Needs;
import io.gantry.access.Right;
import io.gantry.database.Rows;
import io.gantry.jsonapi.AttributeReader;
import io.gantry.jsonapi.Call;
import io.gantry.jsonapi.Document;
import io.gantry.jsonapi.FirstAnswer;
import io.gantry.jsonapi.JsonApi;
import io.gantry.jsonapi.Query;
import io.gantry.jsonapi.QueryRules;
import io.gantry.jsonapi.RequestDocument;
import io.gantry.jsonapi.Resource;
import io.gantry.jsonapi.Waiting;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/** Tasks over HTTP. */
@Path("/tasks")
@Produces({JsonApi.MEDIA_TYPE, MediaType.APPLICATION_JSON})
public final class TasksResource {

    private static final QueryRules CHANGES = QueryRules.none();
    private static final QueryRules CREATION = QueryRules.none().taking(DryRun.PARAMETER);

    private final TaskStore tasks;
    private final TaskPageStore pages;
    private final TaskDocument documents;
    private final TaskIncludes includes;
    private final RunEnd runEnd;
    private final TaskPolicy policy;
    private final DryRun dryRun;
    private final QueryRules one;
    private final QueryRules list;

    public TasksResource(
            TaskStore tasks, TaskPageStore pages, RunResources runs, RunEnd runEnd, TaskPolicy policy, DryRun dryRun) {
        this.tasks = tasks;
        this.pages = pages;
        this.documents = new TaskDocument(runs);
        this.includes = new TaskIncludes(runs, documents);
        this.runEnd = runEnd;
        this.policy = policy;
        this.dryRun = dryRun;
        this.one = TaskQuery.one(runs.type());
        this.list = TaskQuery.list(runs.type());
    }

    @GET
    @Needs(Right.READ)
    @Operation(operationId = "listTasks")
    public Response list(@BeanParam Call call) {
        Query query = call.query(list);
        TaskQuery wanted = TaskQuery.of(query, Caller.of(call).scope(Right.READ));
        Rows<Task> page = pages.list(wanted.filter(), wanted.order(), wanted.slice());
        return call.ok(
                query,
                includes.page(call, query, page.rows(), wanted.previous(query, page), wanted.next(query, page))
                        .meta("total", pages.count(wanted.filter()))
                        .meta("limit", tasks.limit()));
    }

    @POST
    @Needs(Right.CHANGE)
    @Operation(operationId = "createTask")
    public void create(@BeanParam Call call, byte[] body, @Suspended AsyncResponse response) {
        Query query = call.query(CREATION);
        if (DryRun.isWanted(query)) {
            Response foreseen = call.meta(dryRun.of(newTask(call, body)));
            Deed.of(call).close();
            response.resume(foreseen);
            return;
        }
        Optional<Waiting> waiting = Waiting.of(call);
        FirstAnswer answer = tasks.create(
                newTask(call, body), task -> call.firstAnswer(query, Document.of(documents.of(task, call))));
        Optional<Task> task = waiting.flatMap(w -> created(call, answer));
        if (waiting.isEmpty() || task.isEmpty()) {
            response.resume(call.again(answer));
            return;
        }
        waiting.get()
                .answer(
                        response,
                        runEnd.whenOver(task.get().lastRun().id(), waiting.get().atMost()),
                        () -> createdBefore(call, query, answer));
    }

    /** The task as it is by now; as it was at first, if it is gone. */
    private Response createdBefore(Call call, Query query, FirstAnswer answer) {
        return created(call, answer)
                .map(task -> call.created(query, Document.of(documents.of(task, call))))
                .orElseGet(() -> call.again(answer));
    }

    @GET
    @Path("{id}")
    @Needs(Right.READ)
    @Operation(operationId = "getTask")
    public Response get(@BeanParam Call call, @PathParam("id") String id) {
        Query query = call.query(one);
        return call.ok(
                query,
                includes.document(
                        call, query, tasks.get(taskId(id), Caller.of(call).scope(Right.READ))));
    }

    @PATCH
    @Path("{id}")
    @Needs(Right.CHANGE)
    @Operation(operationId = "updateTask")
    public Response update(@BeanParam Call call, @PathParam("id") String id, byte[] body) {
        Query query = call.query(CHANGES);
        Task changed = tasks.change(taskId(id), Deed.of(call), task -> {
            Resource current = documents.of(task, call);
            call.preconditions().check(current);
            RequestDocument document = RequestDocument.forUpdate(body, current.identifier());
            AttributeReader in = document.attributes();
            documents.relationships(task).check(document, in);
            TaskDocument.requireUnchanged(task, in);
            return TaskRules.change(task.draft(), in, policy);
        });
        return call.ok(query, Document.of(documents.of(changed, call)));
    }

    @DELETE
    @Path("{id}")
    @Needs(Right.CHANGE)
    @Operation(operationId = "deleteTask")
    public Response delete(@BeanParam Call call, @PathParam("id") String id) {
        call.query(CHANGES);
        tasks.delete(taskId(id), Deed.of(call), task -> call.preconditions().check(documents.of(task, call)));
        return call.noContent();
    }

    private NewTask newTask(Call call, byte[] body) {
        RequestDocument document = RequestDocument.forCreation(body, TaskDocument.TASKS);
        AttributeReader in = document.attributes();
        Optional<TaskId> id = ChosenId.read(document, in).map(TaskId::new);
        ReadOnlyRelationships.NONE.check(document, in);
        TaskDocument.READ_ONLY.forEach(in::forbid);
        return new NewTask(
                id,
                TaskRules.create(in, policy),
                call.idempotencyKey().map(key -> KeyedRequest.of(Caller.of(call), "POST /tasks", key, body)),
                Deed.of(call));
    }

    /** Clients choose ids: the task of an old answer may be gone, and somebody else's have the same id. */
    private Optional<Task> created(Call call, FirstAnswer answer) {
        TaskId id = TaskId.parse(answer.createdId()).orElseThrow();
        return tasks.find(id, Caller.of(call).scope(Right.READ));
    }

    private static TaskId taskId(String text) {
        return TaskId.parse(text).orElseThrow(TaskStore::notFound);
    }
}
