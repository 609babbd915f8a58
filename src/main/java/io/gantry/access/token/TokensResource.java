package io.gantry.access.token;

import io.gantry.access.Deed;
import io.gantry.access.Needs;
import io.gantry.access.Right;
import io.gantry.database.Keyset.Direction;
import io.gantry.database.Mark;
import io.gantry.database.Rows;
import io.gantry.database.Slice;
import io.gantry.jsonapi.AttributeReader;
import io.gantry.jsonapi.Call;
import io.gantry.jsonapi.Cursor;
import io.gantry.jsonapi.Document;
import io.gantry.jsonapi.HttpProblem;
import io.gantry.jsonapi.JsonApi;
import io.gantry.jsonapi.Query;
import io.gantry.jsonapi.QueryRules;
import io.gantry.jsonapi.RequestDocument;
import io.gantry.jsonapi.Resource;
import io.gantry.jsonapi.ResourceType;
import io.gantry.jsonapi.SortKey;
import io.gantry.problem.Place;
import io.gantry.problem.Problem;
import io.gantry.problem.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** API tokens over HTTP, for administrators. */
@Path("/tokens")
@Produces({JsonApi.MEDIA_TYPE, MediaType.APPLICATION_JSON})
public final class TokensResource {

    private static final ResourceType TOKENS = new ResourceType(
            "tokens",
            List.of("title", "owner", "role", "prefix", "token", "createdAt", "createdBy", "expiresAt", "lastUsedAt"),
            List.of());

    private static final QueryRules ONE = QueryRules.forAnswersOf(TOKENS);
    private static final QueryRules LIST = ONE.pagedBy(SortKey.descending("createdAt"));
    private static final List<String> READ_ONLY = List.of("prefix", "token", "createdAt", "createdBy", "lastUsedAt");
    private static final Pattern UUID_FORM = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final TokenStore tokens;
    private final InstantSource clock;

    public TokensResource(TokenStore tokens, InstantSource clock) {
        this.tokens = tokens;
        this.clock = clock;
    }

    @GET
    @Needs(Right.ADMINISTER)
    @Operation(operationId = "listTokens")
    public Response list(@BeanParam Call call) {
        Query query = call.query(LIST);
        Slice slice = new Slice(
                query.pageSize(),
                query.after().map(TokensResource::mark),
                query.before().map(TokensResource::mark));
        Direction direction = query.sort().isDescending() ? Direction.DESCENDING : Direction.ASCENDING;
        Rows<Token> page = tokens.list(direction, slice);
        Document document = Document.of(
                page.rows().stream().map(token -> resource(token, call).build()).toList(),
                page.hasPrevious() ? edge(query, page.rows(), 0) : Optional.empty(),
                page.hasNext() ? edge(query, page.rows(), page.rows().size() - 1) : Optional.empty());
        return call.ok(query, document.meta("total", tokens.count()));
    }

    /** The one answer that holds the token itself. */
    @POST
    @Needs(Right.ADMINISTER)
    @Operation(operationId = "createToken")
    public Response create(@BeanParam Call call, byte[] body) {
        Query query = call.query(QueryRules.none());
        RequestDocument document = RequestDocument.forCreation(body, TOKENS);
        AttributeReader in = document.attributes();
        document.id()
                .ifPresent(id -> in.reject(Problem.of(
                                HttpProblem.INVALID_ATTRIBUTE,
                                "The ids of tokens are chosen by the service. Leave it out.")
                        .at(Place.pointer("/data/id"))));
        READ_ONLY.forEach(in::forbid);
        Token.Fresh fresh = tokens.create(TokenRules.read(in, clock.instant()), Deed.of(call));
        Resource.Builder resource =
                resource(fresh.token(), call).attribute("token", fresh.text().text());
        return call.created(query, Document.of(resource.build()));
    }

    @GET
    @Path("{id}")
    @Needs(Right.ADMINISTER)
    @Operation(operationId = "getToken")
    public Response get(@BeanParam Call call, @PathParam("id") String id) {
        Query query = call.query(ONE);
        Token token = id(id).flatMap(tokens::find).orElseThrow(TokensResource::notFound);
        return call.ok(query, Document.of(resource(token, call).build()));
    }

    @DELETE
    @Path("{id}")
    @Needs(Right.ADMINISTER)
    @Operation(operationId = "revokeToken")
    public Response delete(@BeanParam Call call, @PathParam("id") String id) {
        call.query(QueryRules.none());
        Deed deed = Deed.of(call);
        boolean deleted = id(id).map(found -> tokens.delete(
                        found,
                        deed,
                        token ->
                                call.preconditions().check(resource(token, call).build())))
                .orElse(false);
        if (!deleted) {
            throw notFound();
        }
        return call.noContent();
    }

    private static Optional<UUID> id(String text) {
        return UUID_FORM.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }

    private static ProblemException notFound() {
        return Problem.of(HttpProblem.NOT_FOUND, "There is no token with this id.")
                .asException();
    }

    private static Optional<Cursor> edge(Query query, List<Token> rows, int index) {
        if (rows.isEmpty()) {
            return query.after().or(query::before);
        }
        Token token = rows.get(index);
        return Optional.of(
                Cursor.of(query.sort(), token.createdAt().toString(), token.id().toString()));
    }

    private static Mark mark(Cursor cursor) {
        return new Mark(cursor.instant(0).toString(), cursor.uuid(1));
    }

    private static Resource.Builder resource(Token token, Call call) {
        return TOKENS.resource(token.id().toString())
                .attribute("title", token.draft().title())
                .attribute("owner", token.draft().owner())
                .attribute("role", token.draft().role().word())
                .attribute("prefix", token.prefix())
                .attribute("createdAt", token.createdAt())
                .attribute("createdBy", token.createdBy())
                .attribute("expiresAt", token.draft().expiresAt())
                .attribute("lastUsedAt", token.lastUsedAt())
                .self(call.url("/tokens/" + token.id()));
    }
}
