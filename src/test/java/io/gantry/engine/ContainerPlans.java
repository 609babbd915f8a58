package io.gantry.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Builds container plans for tests. */
public final class ContainerPlans {

    private String name = "gantry-test-" + UUID.randomUUID();
    private String image = "busybox";
    private Optional<List<String>> entrypoint = Optional.empty();
    private List<String> command = List.of();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private Optional<String> workingDirectory = Optional.empty();
    private Optional<String> user = Optional.empty();
    private final Map<String, String> labels = new LinkedHashMap<>();
    private long memory = 64L << 20;
    private long logBytes = 1 << 20;

    private ContainerPlans() {}

    /** A line for {@code /bin/sh}. */
    public static ContainerPlans shell(String line) {
        return exec(line).entrypoint("/bin/sh", "-c");
    }

    /** Arguments to the image's own entrypoint. */
    public static ContainerPlans exec(String... command) {
        ContainerPlans plan = new ContainerPlans();
        plan.command = List.of(command);
        return plan;
    }

    public ContainerPlans name(String value) {
        name = value;
        return this;
    }

    /** A reference, or the id of an image. */
    public ContainerPlans image(String value) {
        image = value;
        return this;
    }

    /** Without arguments, clears the image's. */
    public ContainerPlans entrypoint(String... value) {
        entrypoint = Optional.of(List.of(value));
        return this;
    }

    public ContainerPlans environment(String key, String value) {
        environment.put(key, value);
        return this;
    }

    public ContainerPlans workingDirectory(String value) {
        workingDirectory = Optional.of(value);
        return this;
    }

    public ContainerPlans user(String value) {
        user = Optional.of(value);
        return this;
    }

    public ContainerPlans label(String key, String value) {
        labels.put(key, value);
        return this;
    }

    public ContainerPlans memory(long bytes) {
        memory = bytes;
        return this;
    }

    public ContainerPlans keepingLog(long bytes) {
        logBytes = bytes;
        return this;
    }

    public ContainerPlan plan() {
        return new ContainerPlan(
                new ContainerName(name),
                image.startsWith("sha256:") ? image : new ImageReference(image).normalised(),
                entrypoint,
                command,
                environment,
                workingDirectory,
                user,
                labels,
                new ContainerPlan.Limits(memory, 1_000_000_000L, 64, 1024, 64L << 20),
                new ContainerPlan.Isolation("none", List.of(), ContainerPlan.RootFileSystem.WRITABLE, Optional.empty()),
                new ContainerPlan.LogRetention(logBytes));
    }
}
