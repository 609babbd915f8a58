package io.gantry.scenario;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Ends the private Postgres of a service that was killed. */
final class AbandonedPostgres {

    private AbandonedPostgres() {}

    static void stopUnder(Path folder) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.find(folder, 4, (path, attributes) -> path.endsWith("postmaster.pid"))) {
            files.forEach(AbandonedPostgres::stop);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void stop(Path pidFile) {
        try {
            List<String> lines = Files.readAllLines(pidFile);
            ProcessHandle.of(Long.parseLong(lines.get(0).strip())).ifPresent(AbandonedPostgres::stop);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void stop(ProcessHandle postmaster) {
        postmaster.destroy();
        await().atMost(Duration.ofSeconds(30)).until(() -> !postmaster.isAlive());
    }
}
