package io.gantry.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Many short runs against the same with plain Docker, and where the time between two of them goes. */
final class EchoBesideDocker {

    private static final int RUNS = 40;
    private static final int ROUNDS = 9; // One differs from the next by up to a tenth.
    private static final int PAIRS = 80;
    private static final int WARM_UP = 120; // A service runs for weeks, its compiler for the first hundred runs.

    private EchoBesideDocker() {}

    static void measure(Path folder, Report report) throws IOException, InterruptedException {
        try (Service service = Service.start(folder, Map.of())) {
            echoes(service, WARM_UP);
            PlainDocker.echoes(6, List.of());
            List<Double> ours = new ArrayList<>();
            List<Double> docker = new ArrayList<>();
            List<Double> alike = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                ours.add(echoes(service, RUNS).toMillis() / 1000.0);
                docker.add(PlainDocker.echoes(RUNS, List.of()).toMillis() / 1000.0);
                alike.add(PlainDocker.echoes(RUNS, PlainDocker.AS_A_TASK).toMillis() / 1000.0);
            }
            compare(RUNS + " x echo, two at a time, against `docker run --rm`", ours, docker, "<= 1.0", report);
            compare("the same, with the options that a task gets", ours, alike, "", report);
            explain(service.runs().subList(0, RUNS), report);
            new EngineCalls(service.metrics()).explain(report);
            idle(service, report);
        }
    }

    private static void compare(String measure, List<Double> ours, List<Double> docker, String goal, Report report) {
        report.compare(
                measure,
                "%.2f s".formatted(Numbers.median(ours)),
                "%.2f s".formatted(Numbers.median(docker)),
                Report.ratio(Numbers.median(ours) / Numbers.median(docker)),
                goal);
        report.note("its " + ROUNDS + " rounds, alternating", ratios(ours, docker));
    }

    private static String ratios(List<Double> ours, List<Double> docker) {
        return IntStream.range(0, ours.size())
                .mapToObj(round -> Report.ratio(ours.get(round) / docker.get(round)))
                .collect(Collectors.joining(" "));
    }

    private static Duration echoes(Service service, int count) throws IOException, InterruptedException {
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            service.submit(List.of("echo", Integer.toString(i)), Duration.ZERO);
        }
        service.awaitIdle();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static void explain(List<JsonNode> runs, Report report) {
        report.note("one's end to the next one's claim, p50", Report.millis(Numbers.median(gaps(runs))));
        report.note("claim to start, p50", phase(runs, "claimedAt", "startedAt"));
        report.note("start to end, p50", phase(runs, "startedAt", "finishedAt"));
    }

    /** With two slots the k-th claim takes the slot that the (k-2)-th end gave back. */
    static List<Double> gaps(List<JsonNode> runs) {
        List<Instant> claims = sorted(runs, "claimedAt");
        List<Instant> ends = sorted(runs, "finishedAt");
        return IntStream.range(2, claims.size())
                .mapToObj(k -> Numbers.millisBetween(ends.get(k - 2), claims.get(k)))
                .toList();
    }

    private static List<Instant> sorted(List<JsonNode> runs, String name) {
        return runs.stream()
                .map(run -> Numbers.at(run, name))
                .sorted(Comparator.naturalOrder())
                .toList();
    }

    private static String phase(List<JsonNode> runs, String from, String to) {
        return Report.millis(Numbers.median(runs.stream()
                .map(run -> Numbers.millisBetween(Numbers.at(run, from), Numbers.at(run, to)))
                .toList()));
    }

    private static void idle(Service service, Report report) throws IOException, InterruptedException {
        List<Double> ours = new ArrayList<>();
        List<Double> docker = new ArrayList<>();
        for (int i = 0; i < PAIRS; i++) {
            JsonNode run = service.submit(List.of("echo", "hello"), Duration.ofSeconds(60))
                    .path("lastRun");
            ours.add(Numbers.millisBetween(Numbers.at(run, "queuedAt"), Numbers.at(run, "startedAt")));
            docker.add(PlainDocker.createAndStartMillis(Instant.now()));
        }
        double difference = Numbers.median(ours) - Numbers.median(docker);
        report.compare(
                "queued to started, idle, against create and start; p50",
                Report.millis(Numbers.median(ours)),
                Report.millis(Numbers.median(docker)),
                Report.millis(difference),
                "<= 30 ms");
    }
}
