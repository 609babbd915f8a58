package io.gantry.node;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * What this process tells the others of itself.
 *
 * @param version of the service, if it was built with one
 * @param engine asked at each heartbeat; never blocks
 */
public record NodeFacts(Optional<String> version, Supplier<NodeEngine> engine) {}
