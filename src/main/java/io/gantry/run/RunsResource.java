package io.gantry.run;

import io.gantry.access.Caller;
import io.gantry.access.Deed;
import io.gantry.access.Needs;
import io.gantry.access.Right;
import io.gantry.access.Scope;
import io.gantry.database.Rows;
import io.gantry.jsonapi.Call;
import io.gantry.jsonapi.Document;
import io.gantry.jsonapi.HttpProblem;
import io.gantry.jsonapi.JsonApi;
import io.gantry.jsonapi.Query;
import io.gantry.jsonapi.QueryRules;
import io.gantry.jsonapi.Waiting;
import io.gantry.problem.Problem;
import io.gantry.problem.ProblemException;
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
import java.util.Optional;

/** Runs over HTTP, whatever their task. */
@Path("/runs")
@Produces({JsonApi.MEDIA_TYPE, MediaType.APPLICATION_JSON})
public final class RunsResource {

    private final RunPageStore runs;
    private final RunIncludes includes;
    private final RunControl control;
    private final RunEnds ends;

    public RunsResource(RunPageStore runs, RunIncludes includes, RunControl control, RunEnds ends) {
        this.runs = runs;
        this.includes = includes;
        this.control = control;
        this.ends = ends;
    }

    @GET
    @Needs(Right.READ)
    @Operation(operationId = "listRuns")
    public Response list(@BeanParam Call call) {
        Query query = call.query(RunQuery.LIST);
        RunQuery wanted = RunQuery.of(query, Caller.of(call).scope(Right.READ), Optional.empty());
        Rows<PlacedRun> page = runs.list(wanted.filter(), wanted.direction(), wanted.slice());
        return call.ok(query, includes.page(call, query, page).meta("total", runs.count(wanted.filter())));
    }

    @GET
    @Path("{id}")
    @Needs(Right.READ)
    @Operation(operationId = "getRun")
    public void get(@BeanParam Call call, @PathParam("id") String text, @Suspended AsyncResponse response) {
        Query query = call.query(RunQuery.ONE);
        Optional<Waiting> waiting = Waiting.of(call);
        Scope scope = Caller.of(call).scope(Right.READ);
        PlacedRun run = get(runId(text), scope);
        if (waiting.isEmpty() || !run.run().isActive()) {
            response.resume(Waiting.applied(waiting, call.ok(query, includes.document(call, query, run))));
            return;
        }
        RunId id = run.run().id();
        waiting.get()
                .answer(
                        response,
                        ends.whenOver(id.value(), waiting.get().atMost()),
                        () -> call.ok(query, includes.document(call, query, get(id, scope))));
    }

    @POST
    @Path("{id}/cancel")
    @Needs(Right.CHANGE)
    @Operation(operationId = "cancelRun")
    public Response cancel(@BeanParam Call call, @PathParam("id") String text) {
        Query query = call.query(QueryRules.none());
        Run run = control.cancel(runId(text), Deed.of(call)).orElseThrow(RunsResource::notFound);
        return call.accepted(
                query, Document.of(RunDocument.of(get(run.id(), Caller.of(call).scope(Right.READ)), call)));
    }

    private PlacedRun get(RunId id, Scope scope) {
        return runs.find(id, scope).orElseThrow(RunsResource::notFound);
    }

    private static RunId runId(String text) {
        return RunId.parse(text).orElseThrow(RunsResource::notFound);
    }

    private static ProblemException notFound() {
        return Problem.of(HttpProblem.NOT_FOUND, "There is no run with this id.")
                .asException();
    }
}
