package io.gantry.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A container to be created, without the image's own settings.
 *
 * @param image the id by which the engine knows it ({@link ImageFacts#id()}): a name may lead to other bytes by then
 * @param entrypoint absent keeps the image's, empty clears it
 * @param command arguments to the entrypoint; empty keeps the image's
 */
public record ContainerPlan(
        ContainerName name,
        String image,
        Optional<List<String>> entrypoint,
        List<String> command,
        Map<String, String> environment,
        Optional<String> workingDirectory,
        Optional<String> user,
        Map<String, String> labels,
        Limits limits,
        Isolation isolation,
        LogRetention log) {

    /**
     * What a container may use at most.
     *
     * @param memoryBytes memory and swap together
     * @param nanoCpus billionths of a processor
     * @param pids processes and threads
     * @param files open files of one process
     * @param shmBytes size of {@code /dev/shm}
     */
    public record Limits(long memoryBytes, long nanoCpus, long pids, long files, long shmBytes) {}

    /**
     * How a container is fenced in. Never privileged, no host namespaces, no devices, no mounts: there is no way to say so.
     *
     * @param network {@code bridge}, {@code none} or the name of one that the engine has
     * @param capabilities what it keeps; everything else is dropped
     * @param runtime of the engine; absent is the engine's own choice
     */
    public record Isolation(String network, List<String> capabilities, RootFileSystem root, Optional<String> runtime) {}

    /** Whether the container can write to what comes from the image. */
    public enum RootFileSystem {
        WRITABLE,
        /** With a small {@code /tmp} in memory, from which nothing can be executed. */
        READ_ONLY
    }

    /**
     * How much output the engine's own log must keep before it may rotate.
     *
     * @param bytes payload bytes, of any line lengths down to {@code bytes / lines}
     */
    public record LogRetention(long bytes) {}
}
