package io.gantry.jsonapi;

import io.gantry.problem.Problem;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Applies JSON:API's rules for media types before the routing, which knows nothing of their parameters. What breaks them is
 * told after the routing, by {@link RequestRules}, so that a wrong path or method is told first.
 */
@PreMatching
final class Negotiation implements ContainerRequestFilter {

    private static final String DOCUMENT_TYPE = Negotiation.class.getName() + ".documentType";
    private static final String REFUSAL = Negotiation.class.getName() + ".refusal";

    /** Under which name this request gets JSON:API documents. */
    static String documentType(ContainerRequestContext request) {
        return request.getProperty(DOCUMENT_TYPE) instanceof String type ? type : JsonApi.MEDIA_TYPE;
    }

    /** Why this request is refused as soon as its path and method are known to be right. */
    static Optional<Problem> refusal(ContainerRequestContext request) {
        return request.getProperty(REFUSAL) instanceof Problem problem ? Optional.of(problem) : Optional.empty();
    }

    /** Why its body is refused, if there is one and it is wanted. */
    static Optional<Problem> bodyRefusal(ContainerRequestContext request) {
        boolean supported = Optional.ofNullable(request.getHeaderString(HttpHeaders.CONTENT_TYPE))
                .map(JsonApi.MEDIA_TYPE::equals)
                .orElse(false);
        return supported ? Optional.empty() : Optional.of(StatusProblems.unsupportedMediaType());
    }

    @Override
    public void filter(ContainerRequestContext request) {
        request.setEntityStream(new RequestBody(request.getEntityStream()));
        negotiateAnswer(request);
        negotiateBody(request);
    }

    private static void negotiateAnswer(ContainerRequestContext request) {
        Accept accept = Accept.parse(header(request, HttpHeaders.ACCEPT));
        request.setProperty(DOCUMENT_TYPE, accept.documentType());
        if (accept.isSatisfiable()) {
            request.getHeaders().putSingle(HttpHeaders.ACCEPT, accept.withoutParameters());
        } else {
            request.setProperty(REFUSAL, StatusProblems.of(406));
            request.getHeaders().putSingle(HttpHeaders.ACCEPT, "*/*");
        }
    }

    private static void negotiateBody(ContainerRequestContext request) {
        boolean encoded = !header(request, HttpHeaders.CONTENT_ENCODING).isEmpty();
        boolean supported = MediaRange.parse(String.join(",", header(request, HttpHeaders.CONTENT_TYPE)))
                .map(Negotiation::isSupported)
                .orElse(false);
        request.getHeaders().remove(HttpHeaders.CONTENT_TYPE);
        if (supported && !encoded) {
            request.getHeaders().putSingle(HttpHeaders.CONTENT_TYPE, JsonApi.MEDIA_TYPE);
        }
    }

    private static boolean isSupported(MediaRange type) {
        return type.hasSupportedParameters() && (type.isJsonApi() || type.type().equals("application/json"));
    }

    /** All lines of a header, however its name is written. */
    private static List<String> header(ContainerRequestContext request, String name) {
        List<String> values = new ArrayList<>();
        for (Map.Entry<String, List<String>> header : request.getHeaders().entrySet()) {
            if (header.getKey().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT))) {
                values.addAll(header.getValue());
            }
        }
        return values;
    }
}
