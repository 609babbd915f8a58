package io.gantry.health;

import java.time.Duration;
import java.util.Optional;

/** What the queue's health is told by. */
public interface QueueSigns {

    /** Why this node may not take runs; empty while it may. */
    Optional<String> nodeTrouble();

    /** For how long nobody has looked after the queue. */
    Duration unattendedFor();

    /** For how long there has been something to take, a free slot and an engine, and nobody took it. */
    Duration stalledFor();
}
