package io.gantry.scenario;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The classes of the packed service as Java has loaded them once: a process that is given them starts with a third less of
 * processor time. Made by the first test that needs it, once for all JVMs of one build.
 */
final class ClassArchive {

    private static final Duration LONG = Duration.ofSeconds(60);

    private static Optional<List<String>> known = Optional.empty();

    private ClassArchive() {}

    /** What runs the packed service; absent where there is none, as before it is packed. */
    static synchronized Optional<List<String>> command() {
        if (known.isEmpty()) {
            known = Optional.ofNullable(System.getProperty("gantry.jar"))
                    .map(Path::of)
                    .map(ClassArchive::command);
        }
        return known;
    }

    private static List<String> command(Path jar) {
        Path archive = jar.resolveSibling("gantry.jsa");
        try (FileChannel channel = FileChannel.open(
                        jar.resolveSibling("gantry.jsa.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock alone = channel.lock()) {
            if (!alone.isValid() || isStale(archive, jar)) {
                make(jar, archive);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return java(jar, "-XX:SharedArchiveFile=" + archive);
    }

    private static boolean isStale(Path archive, Path jar) throws IOException {
        return !Files.exists(archive)
                || Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(jar)) < 0;
    }

    /** Starts the service once and stops it; Java writes the archive on its way out. */
    private static void make(Path jar, Path archive) throws IOException, InterruptedException {
        GantrySettings settings = GantrySettings.aGantry();
        Path output = jar.resolveSibling("gantry.jsa.log");
        List<String> command = new ArrayList<>(java(jar, "-XX:ArchiveClassesAtExit=" + archive));
        command.add("server");
        command.add(ConfigFile.PATH.toAbsolutePath().toString());
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(new File(output.toString()));
        builder.environment().putAll(settings.environment());
        Process service = builder.start();
        try {
            await().atMost(LONG).until(() -> Files.readString(output).contains("Gantry is up."));
            service.destroy();
            if (!service.waitFor(LONG.toSeconds(), TimeUnit.SECONDS) || !Files.exists(archive)) {
                throw new IllegalStateException("no archive was written:\n" + Files.readString(output));
            }
        } finally {
            service.destroyForcibly();
            DataFolder.remove(settings.dataDir());
        }
    }

    private static List<String> java(Path jar, String archive) {
        List<String> command = new ArrayList<>(GantryProcess.jvm());
        command.addAll(List.of(archive, "-jar", jar.toString()));
        return command;
    }
}
