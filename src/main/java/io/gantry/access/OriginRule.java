package io.gantry.access;

import io.gantry.jsonapi.HttpProblem;
import io.gantry.problem.Place;
import io.gantry.problem.Problem;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/** Refuses changes that a page of another site asks for: browsers send some of them without asking us first. */
public final class OriginRule extends Doorkeeper {

    public OriginRule(AuditTrail trail) {
        super(trail);
    }

    @Override
    protected Optional<Problem> refusal(Request request) {
        if (Methods.isSafe(request.getMethod()) || isFromUs(request)) {
            return Optional.empty();
        }
        return Optional.of(Problem.of(
                        HttpProblem.FORBIDDEN,
                        "Pages of other sites may not change anything here. Send no foreign Origin.")
                .at(Place.header("Origin")));
    }

    private static boolean isFromUs(Request request) {
        String host = String.valueOf(request.getHeaders().get(HttpHeader.HOST));
        boolean sameOrigin = Optional.ofNullable(request.getHeaders().get(HttpHeader.ORIGIN))
                .map(origin -> origin.equals("http://" + host) || origin.equals("https://" + host))
                .orElse(true);
        return sameOrigin && !"cross-site".equals(request.getHeaders().get("Sec-Fetch-Site"));
    }
}
