package io.gantry.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** How much memory a large log takes while it is stored and while it is read. */
final class LargeLog {

    private static final int MEBIBYTES = 256;
    private static final String COMMAND = "yes 'a line of a log, as long as lines are' | head -c " + MEBIBYTES + "m";

    private LargeLog() {}

    static void measure(Path folder, Report report) throws IOException, InterruptedException {
        try (Service service = Service.start(folder, Map.of())) {
            service.submit(List.of("echo", "warm"), Duration.ofSeconds(60));
            long before = service.residentMebibytes();
            Growth stored = watch(service, before, () -> {
                service.submit(List.of("sh", "-c", COMMAND), Duration.ZERO);
                service.awaitIdle();
            });
            String run = service.get("/runs?page%5Bsize%5D=1")
                    .path("data")
                    .path(0)
                    .path("id")
                    .asText();
            Growth read = watch(service, before, () -> {
                long bytes = service.readLog(run);
                if (bytes != MEBIBYTES * 1024L * 1024) {
                    throw new IOException("the log has " + bytes + " bytes");
                }
            });
            report(report, "memory growth, storing " + MEBIBYTES + " MiB of log", stored);
            report(report, "memory growth, reading it", read);
        }
    }

    private static void report(Report report, String measure, Growth growth) {
        report.compare(measure, growth.mebibytes() + " MiB", "", growth.mebibytes() + " MiB", "< 200 MiB");
        report.note("speed", "%.0f MiB/s".formatted(MEBIBYTES / growth.seconds()));
    }

    private static Growth watch(Service service, long before, Step step) throws IOException, InterruptedException {
        long start = System.nanoTime();
        CompletableFuture<Boolean> done = CompletableFuture.supplyAsync(() -> {
            step.run();
            return true;
        });
        long peak = before;
        while (!done.isDone()) {
            peak = Math.max(peak, service.residentMebibytes());
            TimeUnit.MILLISECONDS.sleep(20);
        }
        done.join();
        return new Growth(peak - before, (System.nanoTime() - start) / 1e9);
    }

    private record Growth(long mebibytes, double seconds) {}

    /** What is watched. */
    @FunctionalInterface
    private interface Step {
        void take() throws IOException, InterruptedException;

        default void run() {
            try {
                take();
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
