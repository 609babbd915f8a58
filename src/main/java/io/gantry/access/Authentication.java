package io.gantry.access;

import io.gantry.jsonapi.HttpProblem;
import io.gantry.problem.Place;
import io.gantry.problem.Problem;
import io.gantry.problem.ProblemException;
import java.util.List;
import java.util.Optional;

/** Finds out who calls. */
public interface Authentication {

    /**
     * The caller. Raises {@code unauthenticated} where he must say who he is and doesn't, or not credibly; the answer is the
     * same whatever is wrong.
     *
     * @param authorization the values of all Authorization headers
     */
    Caller caller(List<String> authorization, String address);

    /** Nobody is asked. */
    static Authentication none() {
        return (authorization, address) -> Caller.anyone(address);
    }

    /** Everybody has to show a bearer token (RFC 6750) of one of these kinds. */
    static Authentication byBearer(List<Bearers> kinds) {
        return (authorization, address) -> Bearers.token(authorization)
                .flatMap(token -> first(kinds, token))
                .map(identity -> new Caller(Optional.of(identity.name()), identity.roles(), address))
                .orElseThrow(Authentication::refusal);
    }

    private static Optional<Identity> first(List<Bearers> kinds, String token) {
        return kinds.stream().filter(kind -> kind.recognise(token)).findFirst().flatMap(kind -> kind.identify(token));
    }

    private static ProblemException refusal() {
        return Problem.of(
                        HttpProblem.UNAUTHENTICATED,
                        "Send \"Authorization: Bearer ...\" with a token that is valid now; an administrator makes them.")
                .at(Place.header("Authorization"))
                .asException();
    }
}
