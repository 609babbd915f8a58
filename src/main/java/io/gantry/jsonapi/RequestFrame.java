package io.gantry.jsonapi;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.MDC;

/** What surrounds every request on every port: its id, in the answer and in the logs, and the methods that exist here. */
final class RequestFrame extends Handler.Wrapper {

    private static final Set<String> METHODS =
            new TreeSet<>(Set.of("GET", "HEAD", "POST", "PATCH", "DELETE", "OPTIONS"));

    private static final Pattern FORM =
            Pattern.compile("\\s*application/x-www-form-urlencoded", Pattern.CASE_INSENSITIVE);

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        StandardHeaders.put(request, response);
        Sender.note(request);
        MDC.put(RequestId.LOG_KEY, RequestId.of(request));
        try {
            return admit(request, response, callback);
        } finally {
            MDC.remove(RequestId.LOG_KEY);
        }
    }

    /**
     * Jersey refuses a broken Content-Type before any filter sees it, and takes the query of a form apart; to our rules both
     * are as good as none.
     */
    private static Request withReadableType(Request request) {
        String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        if (type == null
                || (MediaRange.parse(type).isPresent() && !FORM.matcher(type).lookingAt())) {
            return request;
        }
        HttpFields headers = HttpFields.build(request.getHeaders())
                .remove(HttpHeader.CONTENT_TYPE)
                .asImmutable();
        return new Request.Wrapper(request) {
            @Override
            public HttpFields getHeaders() {
                return headers;
            }
        };
    }

    private boolean admit(Request request, Response response, Callback callback) throws Exception {
        if (METHODS.contains(request.getMethod())) {
            return super.handle(withReadableType(request), response, callback);
        }
        response.getHeaders().put(HttpHeader.ALLOW, String.join(", ", METHODS));
        Response.writeError(request, response, callback, 405);
        return true;
    }
}
