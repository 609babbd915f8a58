package io.gantry.scenario;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What a service that ran as a process leaves behind: a private Postgres, if it was killed, and its data. */
final class DataFolder {

    private DataFolder() {}

    static void remove(Path folder) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        stopPostgresUnder(folder);
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void stopPostgresUnder(Path folder) {
        try (Stream<Path> files = Files.find(folder, 4, (path, attributes) -> path.endsWith("postmaster.pid"))) {
            files.forEach(DataFolder::stop);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void stop(Path pidFile) {
        try {
            List<String> lines = Files.readAllLines(pidFile);
            ProcessHandle.of(Long.parseLong(lines.get(0).strip())).ifPresent(DataFolder::stop);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void stop(ProcessHandle postmaster) {
        postmaster.destroy();
        await().atMost(Duration.ofSeconds(30)).until(() -> !postmaster.isAlive());
    }
}
