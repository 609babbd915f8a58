package io.gantry.jsonapi;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/** The headers of every answer, whoever gives it; a resource may put others in their place. */
final class StandardHeaders {

    /** Answers are data: a browser that shows one runs, loads, frames and submits nothing. */
    private static final String NOTHING =
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /** A year, in seconds (RFC 6797); browsers ignore it for addresses. */
    private static final String ONLY_OVER_TLS = "max-age=31536000";

    private StandardHeaders() {}

    static void put(Request request, Response response) {
        HttpFields.Mutable headers = response.getHeaders();
        headers.put(RequestId.HEADER, RequestId.of(request));
        headers.put(HttpHeader.VARY, "Accept");
        headers.put(HttpHeader.CACHE_CONTROL, "no-store");
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("Referrer-Policy", "no-referrer");
        headers.put("Cross-Origin-Opener-Policy", "same-origin");
        headers.put("Cross-Origin-Resource-Policy", "same-origin");
        headers.put("Content-Security-Policy", NOTHING);
        if (endsTls(request)) {
            headers.put(HttpHeader.STRICT_TRANSPORT_SECURITY, ONLY_OVER_TLS);
        }
    }

    /** Here, and not at a proxy that forwards to us. */
    private static boolean endsTls(Request request) {
        return request.getConnectionMetaData().getConnection().getEndPoint().isSecure();
    }
}
