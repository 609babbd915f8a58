package io.gantry.access;

import io.gantry.jsonapi.Sender;
import java.util.Optional;
import java.util.Set;

/** Calls that change something, for tests that make them by hand. */
public final class TestDeeds {

    private static final String ADDRESS = "127.0.0.1";

    private TestDeeds() {}

    /** While nobody is asked who he is. */
    public static Deed anyones() {
        return deed(Caller.anyone(ADDRESS));
    }

    /** Somebody with a name who may do it to everybody's tasks. */
    public static Deed by(String name) {
        return by(name, Role.OPERATOR);
    }

    public static Deed by(String name, Role role) {
        return deed(new Caller(Optional.of(name), Set.of(role), ADDRESS));
    }

    private static Deed deed(Caller caller) {
        return new Deed(new Sender(ADDRESS, "request-1"), "test", caller);
    }
}
