package io.gantry.jsonapi;

import io.gantry.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns whatever a resource or the routing raises into an error document. */
final class ProblemMapper implements ExceptionMapper<Throwable> {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemMapper.class);

    private final HttpServletRequest request;

    ProblemMapper(@Context HttpServletRequest request) {
        this.request = request;
    }

    @Override
    public Response toResponse(Throwable failure) {
        if (failure instanceof WebApplicationException redirect
                && redirect.getResponse().getStatus() < 400) {
            return redirect.getResponse();
        }
        String id = String.valueOf(request.getAttribute(RequestId.ATTRIBUTE));
        List<Problem> problems = Failures.problems(failure);
        ProblemCodes.note(request, problems);
        ErrorDocument document = new ErrorDocument(problems, id);
        log(document.status(), id, failure);
        Response.ResponseBuilder answer = Response.status(document.status())
                .header(HttpHeaders.CONTENT_TYPE, documentType())
                .entity(document.body());
        document.headers().forEach(answer::header);
        if (failure instanceof NotAllowedException refusal) {
            answer.allow(allowed(refusal));
        }
        return answer.build();
    }

    private static void log(int status, String id, Throwable failure) {
        if (status == 500) {
            LOG.error("request {} failed", id, failure);
        } else if (status == 503) {
            LOG.warn("request {} can't be served now: {}", id, failure.toString());
        }
    }

    /** The routing forgets that whoever has GET has HEAD. */
    private static Set<String> allowed(NotAllowedException refusal) {
        Set<String> methods = new TreeSet<>(refusal.getResponse().getAllowedMethods());
        if (methods.contains(HttpMethod.GET)) {
            methods.add(HttpMethod.HEAD);
        }
        return methods;
    }

    private String documentType() {
        List<String> accept = Collections.list(request.getHeaders(HttpHeaders.ACCEPT));
        return Accept.parseLeniently(accept).documentType();
    }
}
