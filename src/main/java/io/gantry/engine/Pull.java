package io.gantry.engine;

import java.time.Duration;
import java.util.Optional;

/** A pull under way. Closing it gives it up. Safe for many threads. */
public interface Pull extends AutoCloseable {

    /** The result, or empty if there is none after this time. Throws {@link EngineUnavailable} when the engine went away. */
    Optional<PullResult> await(Duration atMost);

    /** How far it has come; once it has ended, how far it came. */
    PullProgress progress();

    /** May be called again. */
    @Override
    void close();
}
