package io.gantry.jsonapi;

import io.gantry.problem.ProblemCode;
import io.gantry.problem.ProblemKind;

/** What can be wrong with any request, whatever it asks for. */
public enum HttpProblem implements ProblemCode {
    MALFORMED_JSON(400, "malformed-json", "The body isn't valid JSON", ProblemKind.MALFORMED),
    MALFORMED_DOCUMENT(400, "malformed-document", "The body isn't a JSON:API document", ProblemKind.MALFORMED),
    INVALID_PARAMETER(400, "invalid-parameter", "A query parameter is unknown or wrong", ProblemKind.MALFORMED),
    INVALID_HEADER(400, "invalid-header", "The request line or a header is wrong", ProblemKind.MALFORMED),
    UNAUTHENTICATED(401, "unauthenticated", "No valid credentials", ProblemKind.MALFORMED),
    FORBIDDEN(403, "forbidden", "This isn't allowed", ProblemKind.MALFORMED),
    NOT_FOUND(404, "not-found", "There is nothing here", ProblemKind.NOT_FOUND),
    METHOD_NOT_ALLOWED(405, "method-not-allowed", "The method isn't allowed here", ProblemKind.MALFORMED),
    NOT_ACCEPTABLE(406, "not-acceptable", "No acceptable media type", ProblemKind.MALFORMED),
    REQUEST_TIMEOUT(408, "request-timeout", "The request took too long to arrive", ProblemKind.MALFORMED),
    TYPE_MISMATCH(409, "type-mismatch", "The resource's type doesn't belong here", ProblemKind.CONFLICT),
    ID_CONFLICT(409, "id-conflict", "The resource's id is in conflict", ProblemKind.CONFLICT),
    STALE_VERSION(412, "stale-version", "The resource has changed in the meantime", ProblemKind.STALE),
    PAYLOAD_TOO_LARGE(413, "payload-too-large", "The body is too large", ProblemKind.MALFORMED),
    URI_TOO_LONG(414, "uri-too-long", "The URI is too long", ProblemKind.MALFORMED),
    UNSUPPORTED_MEDIA_TYPE(
            415, "unsupported-media-type", "The body's media type isn't supported", ProblemKind.MALFORMED),
    RANGE_NOT_SATISFIABLE(416, "range-not-satisfiable", "The range can't be satisfied", ProblemKind.MALFORMED),
    MISDIRECTED_REQUEST(421, "misdirected-request", "The request isn't for this service", ProblemKind.MALFORMED),
    INVALID_ATTRIBUTE(422, "invalid-attribute", "An attribute is missing, unknown or wrong", ProblemKind.INVALID),
    HEADERS_TOO_LARGE(431, "headers-too-large", "The headers are too large", ProblemKind.MALFORMED),
    RATE_LIMITED(429, "rate-limited", "Too many requests", ProblemKind.MALFORMED),
    INTERNAL_ERROR(500, "internal-error", "Something went wrong on our side", ProblemKind.INTERNAL),
    SERVICE_UNAVAILABLE(503, "service-unavailable", "The service can't answer now", ProblemKind.UNAVAILABLE);

    private final int status;
    private final String code;
    private final String title;
    private final ProblemKind kind;

    HttpProblem(int status, String code, String title, ProblemKind kind) {
        this.status = status;
        this.code = code;
        this.title = title;
        this.kind = kind;
    }

    public int status() {
        return status;
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public ProblemKind kind() {
        return kind;
    }
}
