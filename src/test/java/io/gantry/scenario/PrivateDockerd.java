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
    private final Path data;
    private final List<String> disk;
    private Optional<Process> process = Optional.empty();

    private PrivateDockerd(Path folder, List<String> disk) {
        this.folder = folder;
        this.data = folder.resolve("data");
        this.disk = disk;
    }

    /** {@code @RegisterExtension static final PrivateDockerd engine = PrivateDockerd.started();} */
    public static PrivateDockerd started() {
        return new PrivateDockerd(newFolder(), List.of());
    }

    /** The same with so little room for images, containers and their logs; what is used of it is memory. */
    public static PrivateDockerd startedWithin(int megabytes) {
        String line = "mkdir \"$0\" && mount -t tmpfs -o size=" + megabytes + "m gantry \"$0\" && exec \"$@\"";
        Path folder = newFolder();
        return new PrivateDockerd(
                folder, List.of("sh", "-c", line, folder.resolve("data").toString()));
    }

    private static Path newFolder() {
        try {
            // Not under target/: paths of sockets are short.
            return Files.createTempDirectory("dockerd");
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
        // In a network of its own: a dockerd without a bridge deletes docker0, which other engines use. Its mounts are
        // its own too, and so go away with it.
        List<String> command = new ArrayList<>(List.of("unshare", "--net", "--mount"));
        command.addAll(disk);
        command.addAll(List.of(
                "dockerd",
                "--host=" + host(),
                "--data-root=" + data,
                "--exec-root=" + folder.resolve("exec"),
                "--pidfile=" + folder.resolve("docker.pid"),
                "--bridge=none",
                "--iptables=false"));
        Process dockerd;
        try {
            dockerd = new ProcessBuilder(command)
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
