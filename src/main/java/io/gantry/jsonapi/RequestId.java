package io.gantry.jsonapi;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Request;

/** The name of one request, in its answer and in the logs: the client's, if it sent a sane one, else ours. */
final class RequestId {

    static final String HEADER = "X-Request-Id";
    /** The key under which log lines carry it. */
    static final String LOG_KEY = "requestId";
    /** The request attribute that keeps it. */
    static final String ATTRIBUTE = RequestId.class.getName();

    private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._-]{1,128}");

    private RequestId() {}

    /** The same one each time. */
    static String of(Request request) {
        if (request.getAttribute(ATTRIBUTE) instanceof String known) {
            return known;
        }
        String id = Optional.ofNullable(request.getHeaders().get(HEADER))
                .filter(sent -> SANE.matcher(sent).matches())
                .orElseGet(() -> UUID.randomUUID().toString());
        request.setAttribute(ATTRIBUTE, id);
        return id;
    }
}
