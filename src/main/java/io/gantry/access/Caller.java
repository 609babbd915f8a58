package io.gantry.access;

import io.gantry.jsonapi.Call;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.Set;

/**
 * Who calls.
 *
 * @param name owns the tasks that he creates; empty where nobody was asked who he is
 * @param address that the call came from
 */
public record Caller(Optional<String> name, Set<Role> roles, String address) {

    public Caller {
        roles = Set.copyOf(roles);
    }

    /** The one who makes this call of the API. */
    public static Caller of(Call call) {
        return call.carried(Caller.class);
    }

    /** The same, for what isn't JSON:API. */
    public static Caller of(HttpServletRequest request) {
        if (request.getAttribute(Caller.class.getName()) instanceof Caller caller) {
            return caller;
        }
        throw new IllegalStateException("the request didn't come through the gate");
    }

    /** Somebody on this machine, while nobody is asked who he is: he may do all but say who may come in. */
    static Caller anyone(String address) {
        return new Caller(Optional.empty(), Set.of(Role.OPERATOR), address);
    }

    /** Somebody who hasn't said who he is, or not credibly. */
    static Caller stranger(String address) {
        return new Caller(Optional.empty(), Set.of(), address);
    }

    boolean may(Right right) {
        return roles.stream().anyMatch(role -> role.has(right));
    }

    /** Whose tasks he may do this to; who has no such right at all doesn't get as far as asking. */
    public Scope scope(Right right) {
        if (roles.stream().anyMatch(role -> role.hasOverAll(right))) {
            return Scope.ALL;
        }
        return new Scope(
                Optional.of(name.orElseThrow(() -> new IllegalStateException("whoever owns tasks has a name"))));
    }

    /** What to call him where people read it. */
    public String label() {
        return name.orElse(address);
    }
}
