package io.gantry.chaos;

import static org.awaitility.Awaitility.await;

import io.gantry.chaos.observer.DockerSocket;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A dockerd beside the machine's own, with its own data and socket, that may be killed. Needs root. */
final class OwnEngine implements Engine {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Path folder;
    private final LiveRestore liveRestore;
    private Process process;

    /** Whether containers outlive the engine. */
    enum LiveRestore {
        ON,
        OFF
    }

    /** Starts it. The folder's path must be short, for the sake of the socket. */
    OwnEngine(Path folder, LiveRestore liveRestore) throws IOException, InterruptedException {
        this.folder = Files.createDirectories(folder);
        this.liveRestore = liveRestore;
        this.process = launched();
        awaitAnswer();
        shell("docker save busybox:latest | docker -H unix://" + socket() + " load");
    }

    @Override
    public Path socket() {
        return folder.resolve("docker.sock");
    }

    @Override
    public String network() {
        return "none";
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        awaitEnd();
    }

    /** SIGTERM; returns when it has ended. */
    void stop() throws InterruptedException {
        process.destroy();
        awaitEnd();
    }

    private void awaitEnd() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("dockerd doesn't end");
        }
    }

    /** Again; returns when it answers. */
    void start() throws IOException {
        process = launched();
        awaitAnswer();
    }

    void pause() throws IOException {
        Signals.send("STOP", List.of(process.toHandle()));
    }

    void resume() throws IOException {
        Signals.send("CONT", List.of(process.toHandle()));
    }

    private Process launched() throws IOException {
        Files.deleteIfExists(folder.resolve("docker.pid"));
        List<String> command = new ArrayList<>(List.of(
                // In a network namespace of its own: without a bridge it would take away the machine's docker0.
                "unshare",
                "--net",
                "dockerd",
                "--host=unix://" + socket(),
                "--data-root=" + folder.resolve("data"),
                "--exec-root=" + folder.resolve("exec"),
                "--pidfile=" + folder.resolve("docker.pid"),
                "--bridge=none",
                "--iptables=false"));
        if (liveRestore == LiveRestore.ON) {
            command.add("--live-restore");
        }
        File output = folder.resolve("dockerd.log").toFile();
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output))
                .start();
    }

    private void awaitAnswer() {
        DockerSocket docker = new DockerSocket(socket());
        await("dockerd answers")
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> docker.get("/version").has("ApiVersion"));
    }

    @Override
    public void close() throws IOException, InterruptedException {
        shell("docker -H unix://" + socket() + " ps -aq | xargs -r docker -H unix://" + socket() + " rm -f");
        stop();
        shell("umount -l $(awk '$2 ~ \"^" + folder + "/\" {print $2}' /proc/mounts); rm -rf " + folder);
    }

    private static void shell(String line) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("sh", "-c", line + " >/dev/null").start();
        if (!shell.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || shell.exitValue() != 0) {
            throw new IOException(line + " failed");
        }
    }
}
