package io.gantry.task;

import java.util.Optional;

/**
 * How a container is fenced in.
 *
 * @param network {@code none}, {@code bridge}, or one that the operator named
 * @param runtime of the engine; absent is the engine's own choice
 */
public record Confinement(Sandbox sandbox, String network, Optional<String> runtime) {

    /** In the strict profile only one that surely isn't root. */
    boolean allowsUser(String user) {
        return sandbox != Sandbox.STRICT || SpecRules.isNobodySpecial(user);
    }
}
