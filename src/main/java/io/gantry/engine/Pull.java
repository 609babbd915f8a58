package io.gantry.engine;

import java.time.Duration;
import java.util.Optional;

/** A pull under way. Closing it gives it up. */
public interface Pull extends AutoCloseable {

    /** The result, or empty if there is none after this time. Throws {@link EngineUnavailable} when the engine went away. */
    Optional<PullResult> await(Duration atMost);

    @Override
    void close();
}
