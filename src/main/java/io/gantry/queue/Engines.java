package io.gantry.queue;

import java.util.Optional;

/** What the queue must know of this node's container engine. */
public interface Engines {

    /** The id of the engine, if it has answered within the last seconds: a node without one must not swallow the queue. */
    Optional<String> engineId();
}
