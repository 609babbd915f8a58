package io.gantry.jsonapi;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Optional;
import org.eclipse.jetty.server.Request;

/**
 * Where a request comes from.
 *
 * @param address the other end of its connection
 * @param requestId its name in its answer and in the logs
 */
public record Sender(String address, String requestId) {

    private static final String ATTRIBUTE = Sender.class.getName();

    public static Sender of(ContainerRequestContext request) {
        return sender(request.getProperty(ATTRIBUTE));
    }

    public static Sender of(HttpServletRequest request) {
        return sender(request.getAttribute(ATTRIBUTE));
    }

    public static Sender of(Request request) {
        return sender(request.getAttribute(ATTRIBUTE));
    }

    /** Kept with the request for whoever asks later. */
    static void note(Request request) {
        String address = Optional.ofNullable(Request.getRemoteAddr(request)).orElse("");
        request.setAttribute(ATTRIBUTE, new Sender(address, RequestId.of(request)));
    }

    private static Sender sender(Object attribute) {
        if (attribute instanceof Sender sender) {
            return sender;
        }
        throw new IllegalStateException("the request didn't come through the frame");
    }
}
