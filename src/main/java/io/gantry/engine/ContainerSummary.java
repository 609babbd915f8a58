package io.gantry.engine;

import java.time.Instant;
import java.util.Map;

/** A container in a list. */
public record ContainerSummary(ContainerId id, String name, Map<String, String> labels, Instant createdAt) {}
