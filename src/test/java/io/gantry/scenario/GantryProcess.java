package io.gantry.scenario;

import static org.awaitility.Awaitility.await;

import io.gantry.contract.OpenApiContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The whole service as a process of its own, which a test can kill and start again with what it left. Each test of a class
 * gets a fresh one: {@code @RegisterExtension final GantryProcess gantry = GantryProcess.with(aGantry());}
 */
public final class GantryProcess implements BeforeEachCallback, AfterEachCallback {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Pattern GREETING =
            Pattern.compile("documentation +(http://\\S+/)\\s+Health and metrics +(http://\\S+/)healthcheck");

    private final GantrySettings settings;
    private final Path output;
    private Optional<Process> process = Optional.empty();
    private Optional<OpenApiContract> contract = Optional.empty();

    private GantryProcess(GantrySettings settings) {
        this.settings = settings;
        this.output = settings.dataDir().resolveSibling(settings.node() + ".log");
    }

    /** With the embedded database, unless the settings name another. Doesn't start it yet. */
    public static GantryProcess with(GantrySettings settings) {
        return new GantryProcess(settings);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        contract = Optional.of(Contracts.of(context));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (process.filter(Process::isAlive).isPresent()) {
            resume();
            stop();
        }
        DockerCommand.removeContainersOfNode(settings.node());
        DataFolder.remove(settings.dataDir());
    }

    /** Starts it, again with everything that it left, and waits until it serves. */
    public GantryProcess start() {
        try {
            Files.createDirectories(settings.dataDir());
            ProcessBuilder builder =
                    new ProcessBuilder(command()).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.environment().putAll(settings.environment());
            process = Optional.of(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(this::serves);
        return this;
    }

    /** SIGKILL: it gets no chance to do anything. */
    public void kill() {
        Process running = process.orElseThrow();
        running.destroyForcibly();
        await().atMost(PATIENCE).until(() -> !running.isAlive());
    }

    /** SIGSTOP: it stands still, wherever it is. */
    public void pause() {
        signal("STOP");
    }

    /** SIGCONT: it goes on where it stood. */
    public void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            int exit = new ProcessBuilder("kill", "-" + name, Long.toString(pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new IllegalStateException("kill -" + name + ": " + exit);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** SIGTERM, and waits for its end. Returns its exit code. */
    public int stop() {
        Process running = process.orElseThrow();
        running.destroy();
        await().atMost(PATIENCE).until(() -> !running.isAlive());
        return running.exitValue();
    }

    public GantryClient client() {
        return new GantryClient(this::url, exchange -> contract.orElseThrow().check(exchange));
    }

    /** What its admin port says to a GET. */
    public Answer admin(String path) {
        return AdminClient.get(adminUrl().resolve(path));
    }

    public String node() {
        return settings.node();
    }

    public long pid() {
        return process.orElseThrow().pid();
    }

    public URI url() {
        return greeted(1).orElseThrow();
    }

    public URI adminUrl() {
        return greeted(2).orElseThrow();
    }

    /** What it printed since its last start. */
    public String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it has printed that, which a log does a moment after the fact. */
    public void awaitOutput(String text) {
        await().atMost(Duration.ofSeconds(30)).until(() -> output().contains(text));
    }

    private boolean serves() {
        if (!process.orElseThrow().isAlive()) {
            throw new IllegalStateException("it ended instead of serving:\n" + output());
        }
        return greeted(1).isPresent();
    }

    private Optional<URI> greeted(int group) {
        return GREETING.matcher(output())
                .results()
                .map(greeting -> URI.create(greeting.group(group)))
                .findFirst();
    }

    /** From the jar if there is one already, else from the classes under test. */
    private List<String> command() {
        List<String> command = new ArrayList<>(java());
        settings.overrides().forEach((key, value) -> command.add(1, "-Ddw." + key + "=" + value));
        command.add("server");
        command.add(ConfigFile.PATH.toAbsolutePath().toString());
        return command;
    }

    /** What comes before the arguments. */
    static List<String> java() {
        return ClassArchive.command().orElseGet(GantryProcess::fromClasses);
    }

    private static List<String> fromClasses() {
        List<String> command = new ArrayList<>(jvm());
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        command.addAll(List.of("-cp", classPath, "io.gantry.GantryApplication"));
        return command;
    }

    static List<String> jvm() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1");
    }
}
