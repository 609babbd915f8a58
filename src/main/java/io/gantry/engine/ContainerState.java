package io.gantry.engine;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A container as the engine describes it.
 *
 * @param exitCode present once it has exited
 * @param oomKilled the engine saw the kernel kill a process in it for memory; can be true with exit code 0
 * @param startError why the last attempt to start it failed, if one did
 * @param startedAt engine time
 * @param finishedAt engine time
 */
public record ContainerState(
        ContainerId id,
        Phase phase,
        Optional<Integer> exitCode,
        boolean oomKilled,
        Optional<StartError> startError,
        Optional<Instant> startedAt,
        Optional<Instant> finishedAt,
        Map<String, String> labels) {

    /** Where in its life a container is. */
    public enum Phase {
        CREATED,
        RUNNING,
        EXITED
    }
}
