package io.gantry.access;

import java.util.Set;

/**
 * Whom a token stands for.
 *
 * @param name owns tasks
 */
public record Identity(String name, Set<Role> roles) {

    public Identity {
        roles = Set.copyOf(roles);
    }
}
