package io.gantry.engine;

import java.time.Instant;

/** Something that happened to a container, by the engine's clock. */
public sealed interface ContainerEvent {

    Instant at();

    /** A signal was sent to it over the engine's API or by the engine itself. */
    record Signalled(Instant at, String signal) implements ContainerEvent {}

    /** The kernel killed a process in it for memory. */
    record OutOfMemory(Instant at) implements ContainerEvent {}

    record Died(Instant at, int exitCode) implements ContainerEvent {}
}
