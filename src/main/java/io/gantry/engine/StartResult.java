package io.gantry.engine;

/** How a start ended. */
public sealed interface StartResult {

    record Started() implements StartResult {}

    /** The engine made no process of it: no such executable, not executable, bad working directory or user. */
    record CannotStart(String detail) implements StartResult {}

    /** There is no such container. */
    record Absent() implements StartResult {}
}
