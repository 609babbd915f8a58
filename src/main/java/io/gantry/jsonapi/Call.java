package io.gantry.jsonapi;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request for JSON:API, and the answers to it. Take it as a {@code @BeanParam}; it holds copies only, so it may be used
 * from any thread, after the resource method has returned too.
 */
public final class Call {

    private static final String OURS = "io.gantry.";

    private final String method;
    private final URI base;
    private final URI uri;
    private final MultivaluedMap<String, String> headers;
    private final String mediaType;
    private final Map<String, Object> carried = new HashMap<>();

    public Call(@Context ContainerRequestContext request, @Context HttpServletRequest servlet) {
        method = request.getMethod();
        base = request.getUriInfo().getBaseUri();
        uri = request.getUriInfo().getRequestUri();
        headers = new MultivaluedHashMap<>();
        request.getHeaders().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
        mediaType = Negotiation.documentType(request);
        Collections.list(servlet.getAttributeNames()).stream()
                .filter(name -> name.startsWith(OURS))
                .forEach(name -> carried.put(name, servlet.getAttribute(name)));
    }

    /** What a filter has found out about this request, kept in an attribute named as its class. */
    public <T> T carried(Class<T> type) {
        Object value = carried.get(type.getName());
        if (!type.isInstance(value)) {
            throw new IllegalStateException("nobody has found out the " + type.getSimpleName() + " of this request");
        }
        return type.cast(value);
    }

    /** Reads the query, or raises all that is wrong with it; call it before anything is changed. */
    public Query query(QueryRules rules) {
        return Query.parse(Optional.ofNullable(uri.getRawQuery()).orElse(""), rules);
    }

    /** The absolute URL of a path of this service, which begins with a slash. */
    public String url(String path) {
        return base.resolve(path).toString();
    }

    /** What {@code If-Match} demands. */
    public Preconditions preconditions() {
        return Preconditions.parse(header("If-Match"));
    }

    /** How long the client would wait for the end of what it starts: {@code Prefer: wait} (RFC 7240). */
    public Optional<Duration> preferredWait() {
        return Prefer.parseWait(header("Prefer"));
    }

    public Optional<String> idempotencyKey() {
        return IdempotencyKey.parse(header("Idempotency-Key"));
    }

    /** 200, or 304 if the client has it already. */
    public Response ok(Query query, Document document) {
        Rendered rendered = render(query, document);
        boolean cached = isRead() && rendered.tag().map(this::isKnown).orElse(false);
        return cached
                ? tagged(Response.notModified(), rendered).build()
                : tagged(answer(200, rendered), rendered).build();
    }

    /** Whether the client has this very representation, as {@code If-None-Match} says. */
    boolean isKnown(VersionTag tag) {
        return TagList.parse("If-None-Match", header("If-None-Match"))
                .map(tags -> tags.hasRepresentation(tag))
                .orElse(false);
    }

    /** 200 with nothing but {@code meta}. */
    public Response meta(Map<String, ?> meta) {
        Map<String, @Nullable Object> written = DocumentWriter.start();
        written.put("links", Map.of("self", uri.toString(), "describedby", url("/openapi.yaml")));
        written.put("meta", meta);
        return answer(200, new Rendered(Json.text(written), Optional.empty())).build();
    }

    /** 201 with the new resource and where it is. */
    public Response created(Query query, Document document) {
        return again(firstAnswer(query, document));
    }

    /** What {@link #created} would say, to be kept. */
    public FirstAnswer firstAnswer(Query query, Document document) {
        Rendered rendered = render(query, document);
        return new FirstAnswer(
                201, self(document), rendered.tag().map(VersionTag::value).orElseThrow(), rendered.body());
    }

    /** Says what was said before. */
    public Response again(FirstAnswer answer) {
        return Response.status(answer.status())
                .header(HttpHeaders.CONTENT_TYPE, mediaType)
                .location(URI.create(answer.location()))
                .tag(answer.tag())
                .entity(answer.body().getBytes(StandardCharsets.UTF_8))
                .build();
    }

    /** 202: not done yet; this is how far it is. */
    public Response accepted(Query query, Document document) {
        return answer(202, render(query, document)).build();
    }

    /** 204. */
    public Response noContent() {
        return Response.noContent().build();
    }

    /** A document as it is sent. */
    private record Rendered(String body, Optional<VersionTag> tag) {}

    private Rendered render(Query query, Document document) {
        Map<String, @Nullable Object> written = new DocumentWriter(query.fields())
                .write(document, links(document), query.include().map(paths -> document.included()));
        String body = Json.text(written);
        return new Rendered(body, tag(query, document, body));
    }

    private Optional<VersionTag> tag(Query query, Document document, String body) {
        if (!(document.data() instanceof Document.One one)) {
            return Optional.empty();
        }
        boolean whole = query.fields().isEmpty()
                && query.include().isEmpty()
                && document.meta().isEmpty();
        return one.resource().map(VersionTag::of).map(tag -> whole ? tag : tag.variant(body));
    }

    private Map<String, @Nullable String> links(Document document) {
        Map<String, @Nullable String> links = new LinkedHashMap<>();
        links.put("self", self(document));
        links.put("describedby", url("/openapi.yaml"));
        if (document.data() instanceof Document.Page page) {
            links.put(
                    "prev",
                    page.previous()
                            .map(cursor -> pageUrl("page[before]", cursor))
                            .orElse(null));
            links.put(
                    "next",
                    page.next().map(cursor -> pageUrl("page[after]", cursor)).orElse(null));
        }
        return links;
    }

    private String self(Document document) {
        if (!isRead() && document.data() instanceof Document.One one) {
            return one.resource().flatMap(Resource::self).orElseThrow();
        }
        return uri.toString();
    }

    private String pageUrl(String parameter, Cursor cursor) {
        String raw = Optional.ofNullable(uri.getRawQuery()).orElse("");
        String query = QueryString.parse(raw)
                .without("page[after]", "page[before]")
                .with(parameter, cursor.toString())
                .encoded();
        return url(uri.getRawPath()) + "?" + query;
    }

    private boolean isRead() {
        return method.equals("GET") || method.equals("HEAD");
    }

    private Response.ResponseBuilder answer(int status, Rendered rendered) {
        return Response.status(status)
                .header(HttpHeaders.CONTENT_TYPE, mediaType)
                .entity(rendered.body().getBytes(StandardCharsets.UTF_8));
    }

    private static Response.ResponseBuilder tagged(Response.ResponseBuilder builder, Rendered rendered) {
        rendered.tag().ifPresent(tag -> builder.tag(tag.value()));
        return builder;
    }

    private List<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }
}
