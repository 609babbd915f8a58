package io.gantry.jsonapi;

import io.gantry.problem.Problem;
import io.gantry.problem.ProblemCode;
import io.gantry.problem.ProblemException;
import io.gantry.problem.ProblemKind;
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
import jakarta.ws.rs.core.StreamingOutput;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** A resource that does what the real ones do, without anything behind it. */
@Path("/probes")
@Produces({JsonApi.MEDIA_TYPE, MediaType.APPLICATION_JSON})
public final class ProbeResource {

    static final ResourceType PROBES =
            new ResourceType("probes", List.of("title", "size", "createdAt"), List.of("parent"));
    private static final QueryRules ONE = QueryRules.forAnswersOf(PROBES).including("parent");
    private static final QueryRules LIST =
            ONE.pagedBy(SortKey.descending("createdAt"), "title").filteredBy("title");

    private final AtomicReference<String> title = new AtomicReference<>("first");

    /** Codes of a feature, which know nothing of HTTP. */
    private enum ProbeProblem implements ProblemCode {
        AWAY(ProblemKind.UNAVAILABLE),
        BUSY(ProblemKind.CONFLICT);

        private final ProblemKind kind;

        ProbeProblem(ProblemKind kind) {
            this.kind = kind;
        }

        @Override
        public String code() {
            return "probe-" + name().toLowerCase(Locale.ROOT);
        }

        @Override
        public String title() {
            return "The probe can't";
        }

        @Override
        public ProblemKind kind() {
            return kind;
        }
    }

    @GET
    public Response list(@BeanParam Call call) {
        Query query = call.query(LIST);
        Optional<Cursor> next = Optional.of(Cursor.of(query.sort(), "1"));
        return call.ok(
                query,
                Document.of(List.of(probe(call, "1")), Optional.empty(), next).meta("total", 1));
    }

    @POST
    public Response create(@BeanParam Call call, byte[] body) {
        Query query = call.query(ONE);
        AttributeReader in = RequestDocument.forCreation(body, PROBES).attributes();
        in.require("title", AttributeReader.text(1, 20)).ifPresent(title::set);
        in.find("size", AttributeReader.text(1, 3));
        in.forbid("createdAt");
        in.finish();
        return call.created(query, Document.of(probe(call, "1")));
    }

    @GET
    @Path("{id}")
    public Response get(@BeanParam Call call, @PathParam("id") String id) {
        Query query = call.query(ONE);
        if (!id.equals("1")) {
            throw Problem.of(HttpProblem.NOT_FOUND, "There is no probe with this id.")
                    .asException();
        }
        Document document = Document.of(probe(call, id));
        return call.ok(query, query.includes("parent") ? document.including(List.of(probe(call, "0"))) : document);
    }

    @PATCH
    @Path("{id}")
    public Response update(@BeanParam Call call, @PathParam("id") String id, byte[] body) {
        Query query = call.query(ONE);
        AttributeReader in =
                RequestDocument.forUpdate(body, PROBES.identifier(id)).attributes();
        Optional<String> wanted = in.find("title", AttributeReader.text(1, 20));
        in.finish();
        call.preconditions().check(probe(call, id));
        wanted.ifPresent(title::set);
        return call.ok(query, Document.of(probe(call, id)));
    }

    @DELETE
    @Path("{id}")
    public Response delete(@BeanParam Call call, @PathParam("id") String id) {
        call.query(QueryRules.none());
        call.preconditions().check(probe(call, id));
        return call.noContent();
    }

    @POST
    @Path("{id}/cancel")
    public Response cancel(@BeanParam Call call, @PathParam("id") String id, byte[] body) {
        Query query = call.query(ONE);
        RequestDocument.forCreationWithOptionalBody(body, PROBES);
        return call.accepted(query, Document.of(probe(call, id)));
    }

    @GET
    @Path("{id}/logs")
    @Produces({MediaType.TEXT_PLAIN, "application/x-ndjson"})
    public Response logs(@BeanParam Call call, @PathParam("id") String id) {
        call.query(QueryRules.none().taking("tail"));
        StreamingOutput output = out -> out.write("log\n".getBytes(StandardCharsets.UTF_8));
        return Response.ok(output).build();
    }

    /** Answers after longer than the connection may be idle. */
    @GET
    @Path("{id}/patience")
    public void patience(@BeanParam Call call, @PathParam("id") String id, @Suspended AsyncResponse answer) {
        Query query = call.query(ONE);
        Executor later = CompletableFuture.delayedExecutor(2500, TimeUnit.MILLISECONDS);
        later.execute(() -> answer.resume(call.ok(query, Document.of(probe(call, id)))));
    }

    @POST
    @Path("{id}/fail")
    public Response fail(@PathParam("id") String id) {
        switch (id) {
            case "away" -> throw Problem.of(ProbeProblem.AWAY, "Away.").asException();
            case "busy" ->
                throw new ProblemException(Problem.of(ProbeProblem.BUSY, "Busy."), new IllegalStateException("secret"));
            default -> throw new IllegalStateException("secret");
        }
    }

    private Resource probe(Call call, String id) {
        return PROBES.resource(id)
                .attribute("title", title.get())
                .attribute("createdAt", Instant.parse("2026-01-02T03:04:05Z"))
                .relationship("parent", Relationship.toOne(PROBES.identifier("0")))
                .self(call.url("/probes/" + id))
                .build();
    }
}
