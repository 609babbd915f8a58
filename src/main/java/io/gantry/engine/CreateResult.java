package io.gantry.engine;

/** How a create ended. */
public sealed interface CreateResult {

    record Created(ContainerId container) implements CreateResult {}

    /** A container of this name is there already. */
    record NameTaken() implements CreateResult {}

    record NoSuchImage(String detail) implements CreateResult {}
}
