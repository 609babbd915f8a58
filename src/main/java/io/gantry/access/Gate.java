package io.gantry.access;

import io.gantry.jsonapi.DocumentationResource;
import io.gantry.jsonapi.HttpProblem;
import io.gantry.jsonapi.ProblemCodes;
import io.gantry.jsonapi.Sender;
import io.gantry.problem.Problem;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.annotation.Priority;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import org.glassfish.jersey.server.ExtendedUriInfo;

/**
 * Lets a call of the API through if its caller has the right that the method needs, and notes changing calls that changed
 * nothing. What has no rule is closed.
 */
@Priority(Priorities.AUTHENTICATION)
public final class Gate implements ContainerRequestFilter, ContainerResponseFilter {

    private final Authentication authentication;
    private final RateLimit rateLimit;
    private final AuditTrail trail;

    public Gate(Authentication authentication, RateLimit rateLimit, AuditTrail trail) {
        this.authentication = authentication;
        this.rateLimit = rateLimit;
        this.trail = trail;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        Sender sender = Sender.of(request);
        Optional<Method> method = method(request);
        String action = method.map(Gate::action).orElse("");
        keep(request, Deed.byStranger(sender, action));
        if (method.isPresent() && method.get().getDeclaringClass() == DocumentationResource.class) {
            return;
        }
        Caller caller = authentication.caller(authorization(request), sender.address());
        request.setProperty(Caller.class.getName(), caller);
        keep(request, new Deed(sender, action, caller));
        rateLimit.take(caller.label());
        if (!request.getMethod().equals(HttpMethod.OPTIONS)) {
            check(caller, method.map(m -> m.getAnnotation(Needs.class)).map(Needs::value));
        }
    }

    private static List<String> authorization(ContainerRequestContext request) {
        return Optional.ofNullable(request.getHeaders().get(HttpHeaders.AUTHORIZATION))
                .orElse(List.of());
    }

    private static void check(Caller caller, Optional<Right> needed) {
        if (needed.isEmpty() || !caller.may(needed.get())) {
            throw Problem.of(
                            HttpProblem.FORBIDDEN,
                            "Your role doesn't allow this. "
                                    + needed.map(Gate::whoMay).orElse("Nobody's does."))
                    .asException();
        }
    }

    private static String whoMay(Right right) {
        return switch (right) {
            case READ -> "It takes one of the roles submitter, viewer, operator and admin.";
            case CHANGE -> "It takes one of the roles submitter, operator and admin.";
            case ADMINISTER -> "It takes the role admin.";
        };
    }

    private static void keep(ContainerRequestContext request, Deed deed) {
        request.setProperty(Deed.class.getName(), deed);
    }

    private static Optional<Method> method(ContainerRequestContext request) {
        return request.getUriInfo() instanceof ExtendedUriInfo uri
                ? Optional.ofNullable(uri.getMatchedResourceMethod())
                        .map(matched -> matched.getInvocable().getHandlingMethod())
                : Optional.empty();
    }

    private static String action(Method method) {
        return Optional.ofNullable(method.getAnnotation(Operation.class))
                .map(Operation::operationId)
                .orElse("");
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (Methods.isSafe(request.getMethod())) {
            return;
        }
        Deed deed = deed(request);
        if (!deed.isClosed()) {
            deed.close();
            trail.note(deed, "/" + request.getUriInfo().getPath(), response.getStatus(), ProblemCodes.first(request));
        }
    }

    /** What was refused before its operation was known has none; nobody was asked who he is then. */
    private static Deed deed(ContainerRequestContext request) {
        if (request.getProperty(Deed.class.getName()) instanceof Deed deed) {
            return deed;
        }
        return Deed.byStranger(Sender.of(request), "");
    }
}
