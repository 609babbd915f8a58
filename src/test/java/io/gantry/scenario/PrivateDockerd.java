package io.gantry.scenario;

import static io.gantry.scenario.DockerCommand.docker;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A second Docker engine of a test class's own, with everything in one folder, no bridge, and the image {@code busybox}.
 * Needs root. Whatever it ran ends with it.
 */
public final class PrivateDockerd implements BeforeAllCallback, AfterAllCallback {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private Optional<Process> process = Optional.empty();

    private PrivateDockerd(Path folder) {
        this.folder = folder;
    }

    /** {@code @RegisterExtension static final PrivateDockerd engine = PrivateDockerd.started();} */
    public static PrivateDockerd started() {
        try {
            // Not under target/: paths of sockets are short.
            return new PrivateDockerd(Files.createTempDirectory("dockerd"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        start();
        Path image = folder.resolve("busybox.tar");
        docker("save", "--output", image.toString(), "busybox");
        in("load", "--input", image.toString());
    }

    @Override
    public void afterAll(ExtensionContext context) {
        Process dockerd = process.orElseThrow();
        if (dockerd.isAlive()) {
            ids("--all").forEach(container -> in("rm", "--force", container));
        }
        dockerd.destroy();
        await().atMost(PATIENCE).until(() -> !dockerd.isAlive());
        DataFolder.remove(folder);
    }

    /** For {@code GANTRY_DOCKER_HOST}. */
    public String host() {
        return "unix://" + folder.resolve("docker.sock");
    }

    /** What {@code docker} says of this engine. */
    public String in(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--host", host()));
        all.addAll(List.of(arguments));
        return docker(all.toArray(String[]::new));
    }

    /** The ids of its containers, running ones or {@code --all}. */
    public List<String> ids(String... selection) {
        List<String> all = new ArrayList<>(List.of("ps", "--quiet", "--no-trunc"));
        all.addAll(List.of(selection));
        return in(all.toArray(String[]::new))
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
    }

    private void start() {
        Process dockerd;
        try {
            // In a network of its own: a dockerd without a bridge deletes docker0, which other engines use. Its mounts
            // are its own too, and so go away with it.
            dockerd = new ProcessBuilder(
                            "unshare",
                            "--net",
                            "--mount",
                            "dockerd",
                            "--host=" + host(),
                            "--data-root=" + folder.resolve("data"),
                            "--exec-root=" + folder.resolve("exec"),
                            "--pidfile=" + folder.resolve("docker.pid"),
                            "--bridge=none",
                            "--iptables=false")
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        process = Optional.of(dockerd);
        Runtime.getRuntime().addShutdownHook(new Thread(dockerd::destroy, "stop-dockerd"));
        await().atMost(PATIENCE).ignoreExceptions().until(() -> !answer().isBlank());
    }

    private String answer() throws IOException {
        if (!process.orElseThrow().isAlive()) {
            throw new AssertionError("dockerd ended:\n" + Files.readString(folder.resolve("log")));
        }
        return in("version", "--format", "{{.Server.Version}}");
    }
}
