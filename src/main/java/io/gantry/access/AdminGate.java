package io.gantry.access;

import io.gantry.jsonapi.HttpProblem;
import io.gantry.jsonapi.Sender;
import io.gantry.problem.Problem;
import io.gantry.problem.ProblemException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.io.QuietException;

/**
 * The same rules for the admin port: who sees all tasks sees how the service is, and only an administrator may have it do
 * something. Whether it is alive and ready is told to everybody, without a reason to strangers.
 */
public final class AdminGate extends HttpFilter {

    private static final Set<String> FOR_ALL = Set.of("/ping", "/ready");
    private static final String ACTION = "admin";

    private final transient Authentication authentication;
    private final transient RateLimit rateLimit;
    private final transient AuditTrail trail;

    public AdminGate(Authentication authentication, RateLimit rateLimit, AuditTrail trail) {
        this.authentication = authentication;
        this.rateLimit = rateLimit;
        this.trail = trail;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String path = path(request);
        boolean reads = Methods.isSafe(request.getMethod());
        if (reads && FOR_ALL.contains(path)) {
            chain.doFilter(request, response);
            return;
        }
        Sender sender = Sender.of(request);
        Caller caller = Caller.stranger(sender.address());
        try {
            caller = admit(request, sender);
            check(caller, reads);
        } catch (ProblemException refusal) {
            // Quiet, or strangers could fill the log, 4 KiB of stack at a time.
            note(reads, new Deed(sender, ACTION, caller), path, refusal);
            throw new QuietException.RuntimeException(refusal);
        }
        if (reads) {
            chain.doFilter(request, response);
            return;
        }
        HeldAnswer answer = new HeldAnswer(response);
        chain.doFilter(request, answer);
        trail.note(new Deed(sender, ACTION, caller), path, response.getStatus(), Optional.empty());
        answer.letGo();
    }

    private static String path(HttpServletRequest request) {
        return Optional.ofNullable(request.getServletPath()).orElse("")
                + Optional.ofNullable(request.getPathInfo()).orElse("");
    }

    private Caller admit(HttpServletRequest request, Sender sender) {
        Caller caller = authentication.caller(authorization(request), sender.address());
        rateLimit.take(caller.label());
        return caller;
    }

    private void note(boolean reads, Deed deed, String path, ProblemException refusal) {
        if (!reads && refusal.problem().code() instanceof HttpProblem http) {
            trail.note(deed, path, http.status(), Optional.of(http.code()));
        }
    }

    private static List<String> authorization(HttpServletRequest request) {
        return Collections.list(request.getHeaders("Authorization"));
    }

    private static void check(Caller caller, boolean looks) {
        boolean may = looks ? caller.may(Right.READ) && caller.scope(Right.READ).isAll() : caller.may(Right.ADMINISTER);
        if (!may) {
            throw Problem.of(
                            HttpProblem.FORBIDDEN,
                            looks
                                    ? "Your role doesn't allow this. It takes one of the roles viewer, operator and admin."
                                    : "Your role doesn't allow this. It takes the role admin, and with it"
                                            + " access.authentication: required.")
                    .asException();
        }
    }
}
