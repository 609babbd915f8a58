package io.gantry.jsonapi;

import io.gantry.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.List;
import java.util.Optional;

/** What was wrong with a request that has been answered. */
public final class ProblemCodes {

    private static final String ATTRIBUTE = ProblemCodes.class.getName();

    private ProblemCodes() {}

    static void note(HttpServletRequest request, List<Problem> problems) {
        request.setAttribute(ATTRIBUTE, problems.get(0).code().code());
    }

    /** The code of the first problem; empty if there was none. */
    public static Optional<String> first(ContainerRequestContext request) {
        return Optional.ofNullable(request.getProperty(ATTRIBUTE)).map(String::valueOf);
    }
}
