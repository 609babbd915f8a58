package io.gantry.access.token;

import io.gantry.access.Deed;
import io.gantry.access.Needs;
import io.gantry.access.Right;
import io.gantry.database.Rows;
import io.gantry.jsonapi.AttributeReader;
import io.gantry.jsonapi.Call;
import io.gantry.jsonapi.Document;
import io.gantry.jsonapi.HttpProblem;
import io.gantry.jsonapi.JsonApi;
import io.gantry.jsonapi.Query;
import io.gantry.jsonapi.QueryRules;
import io.gantry.jsonapi.RequestDocument;
import io.gantry.jsonapi.Resource;
import io.gantry.jsonapi.ResourceType;
import io.gantry.jsonapi.SortKey;
import io.gantry.listing.PageEdges;
import io.gantry.listing.TimedPage;
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
        TimedPage wanted = TimedPage.of(query);
        Rows<Token> page = tokens.list(wanted.direction(), wanted.slice());
        Document document = Document.of(
                page.rows().stream().map(token -> resource(token, call).build()).toList(),
                PageEdges.previous(query, page, Token::mark),
                PageEdges.next(query, page, Token::mark));
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
        Token token = Token.parseId(id).flatMap(tokens::find).orElseThrow(TokensResource::notFound);
        return call.ok(query, Document.of(resource(token, call).build()));
    }

    @DELETE
    @Path("{id}")
    @Needs(Right.ADMINISTER)
    @Operation(operationId = "revokeToken")
    public Response delete(@BeanParam Call call, @PathParam("id") String id) {
        call.query(QueryRules.none());
        Deed deed = Deed.of(call);
        boolean deleted = Token.parseId(id)
                .map(found -> tokens.delete(
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

    private static ProblemException notFound() {
        return Problem.of(HttpProblem.NOT_FOUND, "There is no token with this id.")
                .asException();
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
