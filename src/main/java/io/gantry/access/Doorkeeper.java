package io.gantry.access;

import io.gantry.jsonapi.Guard;
import io.gantry.jsonapi.HttpProblem;
import io.gantry.jsonapi.Sender;
import io.gantry.problem.Problem;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.server.Request;

/** A rule of access that looks before anybody is asked who he is; what it refuses to change is noted. */
abstract class Doorkeeper extends Guard {

    private static final Set<String> CHANGING = Set.of("POST", "PATCH", "DELETE");

    private final AuditTrail trail;

    Doorkeeper(AuditTrail trail) {
        this.trail = trail;
    }

    @Override
    protected final void refused(Request request, Problem why) {
        if (CHANGING.contains(request.getMethod()) && why.code() instanceof HttpProblem http) {
            Sender sender = Sender.of(request);
            Deed deed = new Deed(sender, "", Caller.stranger(sender.address()));
            trail.note(deed, Request.getPathInContext(request), http.status(), Optional.of(http.code()));
        }
    }
}
