package io.gantry.access;

import io.gantry.jsonapi.Guard;
import io.gantry.jsonapi.HttpProblem;
import io.gantry.jsonapi.Sender;
import io.gantry.problem.Problem;
import java.util.Optional;
import org.eclipse.jetty.server.Request;

/** A rule of access that looks before anybody is asked who he is; what it refuses to change is noted. */
abstract class Doorkeeper extends Guard {

    private final AuditTrail trail;

    Doorkeeper(AuditTrail trail) {
        this.trail = trail;
    }

    @Override
    protected final void refused(Request request, Problem why) {
        if (!Methods.isSafe(request.getMethod()) && why.code() instanceof HttpProblem http) {
            Deed deed = Deed.byStranger(Sender.of(request), "");
            trail.note(deed, Request.getPathInContext(request), http.status(), Optional.of(http.code()));
        }
    }
}
