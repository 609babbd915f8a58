package io.gantry.chaos;

import io.gantry.chaos.Trial.Result;
import io.gantry.chaos.observer.RunRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** What a campaign has shown, as a table in Markdown. */
final class Summary {

    private static final String ROW = "| %-42s | %6s | %10s | %5s | %10s | %9s | %9s | %11s | %11s |";

    private final long seed;
    private final List<Result> results = new ArrayList<>();

    Summary(long seed) {
        this.seed = seed;
    }

    void add(Result result) {
        results.add(result);
    }

    /** Each with its seed. */
    List<String> failures() {
        return results.stream()
                .flatMap(result -> result.findings().stream()
                        .map(finding -> result.fault() + ", seed " + result.seed() + ": " + finding))
                .toList();
    }

    int trials() {
        return results.size();
    }

    String text() {
        List<String> lines = new ArrayList<>(List.of(
                "Seed " + seed + ", " + Scene.SLOTS + " at once, " + Plan.TASKS + " tasks a trial.",
                "",
                ROW.formatted(
                        "fault",
                        "trials",
                        "violations",
                        "lost",
                        "incomplete",
                        "ready p50",
                        "ready max",
                        "adopted p50",
                        "adopted max"),
                "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"));
        byFault().forEach((fault, of) -> lines.add(row(fault, of)));
        lines.add(row("all", results));
        lines.add("");
        failures().forEach(failure -> lines.add("* " + failure.replace("\n", " ")));
        return String.join("\n", lines) + "\n";
    }

    void write(Path file) throws IOException {
        Files.writeString(file, text());
    }

    private Map<String, List<Result>> byFault() {
        Map<String, List<Result>> groups = new LinkedHashMap<>();
        results.forEach(result -> groups.computeIfAbsent(result.fault(), fault -> new ArrayList<>())
                .add(result));
        return groups;
    }

    private static String row(String fault, List<Result> results) {
        List<Duration> ready = times(results, recovery -> List.of(recovery.ready()));
        List<Duration> adopted =
                times(results, recovery -> recovery.adopted().stream().toList());
        return ROW.formatted(
                fault,
                results.size(),
                results.stream().mapToInt(result -> result.findings().size()).sum(),
                runs(results, run -> run.failureCode().equals(Optional.of("container-lost"))),
                runs(results, run -> run.logComplete().equals(Optional.of(false))),
                seconds(ready, ready.size() / 2),
                seconds(ready, ready.size() - 1),
                seconds(adopted, adopted.size() / 2),
                seconds(adopted, adopted.size() - 1));
    }

    /** What has its reason breaks no promise, and yet there shouldn't be much of it. */
    private static long runs(List<Result> results, Predicate<RunRow> which) {
        return results.stream()
                .flatMap(result -> result.history().stream())
                .flatMap(history -> history.lastRows().stream())
                .filter(which)
                .count();
    }

    private static List<Duration> times(List<Result> results, Function<Recovery, List<Duration>> which) {
        return results.stream()
                .flatMap(result -> result.recoveries().stream())
                .flatMap(recovery -> which.apply(recovery).stream())
                .sorted(Comparator.naturalOrder())
                .toList();
    }

    private static String seconds(List<Duration> sorted, int index) {
        return sorted.isEmpty()
                ? ""
                : "%.1f s".formatted(sorted.get(index).toMillis() / 1000.0).toLowerCase(Locale.ROOT);
    }
}
