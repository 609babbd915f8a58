package io.gantry.access;

import io.gantry.jsonapi.HttpProblem;
import io.gantry.problem.Place;
import io.gantry.problem.Problem;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * Refuses requests that were sent to another host's name: a page of a foreign site whose name was made to lead here (DNS
 * rebinding) still says that name.
 */
public final class HostRule extends Doorkeeper {

    private final AccessConfiguration access;

    public HostRule(AccessConfiguration access, AuditTrail trail) {
        super(trail);
        this.access = access;
    }

    @Override
    protected Optional<Problem> refusal(Request request) {
        return isForUs(request)
                ? Optional.empty()
                : Optional.of(Problem.of(
                                HttpProblem.MISDIRECTED_REQUEST,
                                "This service is called localhost, 127.0.0.1 or [::1]"
                                        + (access.hosts().isEmpty()
                                                ? " only"
                                                : ", or as the operator's access.hosts says")
                                        + ". Use one of these in the URL.")
                        .at(Place.header("Host")));
    }

    private boolean isForUs(Request request) {
        List<String> hosts = request.getHeaders().getValuesList(HttpHeader.HOST);
        String authority = request.getHttpURI().getAuthority();
        return hosts.size() == 1 && isOurs(hosts.get(0)) && (authority == null || isOurs(authority));
    }

    /** With authentication any name will do: a foreign page has no token, and no browser sends one for it. */
    private boolean isOurs(String authority) {
        return LocalHosts.contains(authority)
                || (access.hosts().isEmpty()
                        ? access.authenticates()
                        : access.hosts().stream().anyMatch(name -> LocalHosts.isNamed(name, authority)));
    }
}
