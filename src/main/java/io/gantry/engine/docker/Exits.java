package io.gantry.engine.docker;

import com.github.dockerjava.transport.DockerHttpClient.Response;
import io.gantry.engine.ContainerId;
import io.gantry.engine.ContainerState;
import io.gantry.engine.ContainerState.Phase;
import io.gantry.engine.EngineRefused;
import io.gantry.engine.EngineUnavailable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** Waits for containers to exit: in slices with an inspect between, since an engine may miss to report an exit. */
final class Exits {

    private static final int LONGEST_ANSWER = 64 * 1024;
    private static final Duration SLICE = Duration.ofSeconds(5);

    private final DockerConnection connection;
    private final Function<ContainerId, Optional<ContainerState>> inspect;

    Exits(DockerConnection connection, Function<ContainerId, Optional<ContainerState>> inspect) {
        this.connection = connection;
        this.inspect = inspect;
    }

    void await(ContainerId container, Duration atMost) {
        long until = System.nanoTime() + atMost.toNanos();
        Duration left = atMost;
        while (!left.isNegative() && !left.isZero() && !Thread.currentThread().isInterrupted()) {
            if (exited(container, left.compareTo(SLICE) < 0 ? left : SLICE)) {
                return;
            }
            left = Duration.ofNanos(until - System.nanoTime());
        }
    }

    /** Also when there is nothing to wait for: no engine, no such container. */
    private boolean exited(ContainerId container, Duration atMost) {
        String path = "/containers/" + container + "/wait";
        try {
            return connection.deadlines().within(atMost, "wait", () -> waitFor(path));
        } catch (EngineUnavailable e) {
            return !isRunning(container);
        } catch (EngineRefused | UncheckedIOException e) {
            return true;
        }
    }

    private boolean waitFor(String path) {
        try (Response response = connection.open("wait", SLICE, "POST", path)) {
            response.getBody().readNBytes(LONGEST_ANSWER);
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isRunning(ContainerId container) {
        try {
            return inspect.apply(container)
                    .filter(state -> state.phase() == Phase.RUNNING)
                    .isPresent();
        } catch (EngineUnavailable | EngineRefused e) {
            return false;
        }
    }
}
