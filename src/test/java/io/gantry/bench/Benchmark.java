package io.gantry.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;

/** Runs all measures, or those that are named, on databases of their own under {@code target/bench}, and writes {@code target/bench.md}. */
final class Benchmark {

    private Benchmark() {}

    public static void main(String[] arguments) throws IOException, InterruptedException, SQLException {
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target/bench")), "run");
        Report report = new Report();
        Set<String> asked = Set.of(arguments);
        if (asked.isEmpty() || asked.contains("echo")) {
            EchoBesideDocker.measure(folder.resolve("echo"), report);
        }
        if (asked.isEmpty() || asked.contains("queue")) {
            LongQueue.measure(folder.resolve("queue"), report);
        }
        if (asked.isEmpty() || asked.contains("log")) {
            LargeLog.measure(folder.resolve("log"), report);
        }
        if (asked.isEmpty() || asked.contains("crash")) {
            Crash.measure(folder.resolve("crash"), report);
        }
        report.write(Path.of("target/bench.md"));
    }
}
