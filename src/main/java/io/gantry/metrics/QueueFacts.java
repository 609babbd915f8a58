package io.gantry.metrics;

/**
 * The queue in numbers, over all nodes.
 *
 * @param oldestSeconds how long the first in line has waited; 0 when nobody waits
 */
record QueueFacts(long queued, double oldestSeconds, long running, long tasks) {}
