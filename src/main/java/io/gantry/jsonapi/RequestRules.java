package io.gantry.jsonapi;

import io.gantry.problem.Problem;
import io.gantry.problem.ProblemException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;
import java.util.Set;

/** Refuses a request whose path and method are right but whose media types or length aren't. */
final class RequestRules implements ContainerRequestFilter {

    private static final Set<String> METHODS_WITH_BODY = Set.of("POST", "PATCH", "PUT");

    @Override
    public void filter(ContainerRequestContext request) {
        if (RequestBody.isTooLong(request.getHeaderString(HttpHeaders.CONTENT_LENGTH))) {
            throw refusalOf(request);
        }
        raise(Negotiation.refusal(request));
        if (METHODS_WITH_BODY.contains(request.getMethod()) && request.hasEntity()) {
            raise(Negotiation.bodyRefusal(request));
        }
    }

    /** A client that asks whether to go on isn't told to, by reading. */
    private static ProblemException refusalOf(ContainerRequestContext request) {
        boolean asksFirst = request.getHeaderString("Expect") != null;
        return request.getEntityStream() instanceof RequestBody body && !asksFirst
                ? body.tooLarge()
                : StatusProblems.tooLarge().asException();
    }

    private static void raise(Optional<Problem> refusal) {
        if (refusal.isPresent()) {
            throw refusal.get().asException();
        }
    }
}
