package io.gantry.jsonapi;

import java.nio.ByteBuffer;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers with an error document where the server itself, or a servlet, refuses a request or fails. */
final class ErrorPages implements Request.Handler {

    private static final Logger LOG = LoggerFactory.getLogger(ErrorPages.class);

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        StandardHeaders.put(request, response);
        write(document(request, response), request, response, callback);
        return true;
    }

    static void write(ErrorDocument document, Request request, Response response, Callback callback) {
        byte[] body = document.body();
        response.setStatus(document.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, documentType(request));
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        document.headers().forEach(response.getHeaders()::put);
        response.write(true, ByteBuffer.wrap(body), callback);
    }

    private static ErrorDocument document(Request request, Response response) {
        String id = RequestId.of(request);
        Object failure = request.getAttribute(ErrorHandler.ERROR_EXCEPTION);
        ErrorDocument document = failure instanceof Throwable thrown
                ? new ErrorDocument(Failures.problems(thrown), id)
                : new ErrorDocument(List.of(StatusProblems.of(response.getStatus())), id);
        if (document.status() == 500) {
            LOG.error("request {} failed", id, failure);
        }
        return document;
    }

    private static String documentType(Request request) {
        return Accept.parseLeniently(request.getHeaders().getValuesList(HttpHeader.ACCEPT))
                .documentType();
    }
}
