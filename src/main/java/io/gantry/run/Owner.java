package io.gantry.run;

import java.util.UUID;

/**
 * Who drives a run: one life of one node.
 *
 * @param node the node's configured name
 * @param incarnation another one at each start of the process
 */
public record Owner(String node, UUID incarnation) {}
