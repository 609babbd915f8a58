package io.gantry.engine;

import java.time.Duration;

/**
 * A stream of a container's output into a sink. Closing it stops it: no further call of the sink begins, and the one under
 * way is waited for, a second at most.
 */
public interface OutputFeed extends AutoCloseable {

    /**
     * Waits for the end of the stream.
     *
     * @return how the stream stands after at most this time
     */
    State await(Duration atMost);

    @Override
    void close();

    /**
     * How a feed stands. An end isn't proof that the container has exited: an attach ends the same when the engine dies.
     * One that was closed before its end is broken.
     */
    enum State {
        FLOWING,
        ENDED,
        BROKEN
    }
}
