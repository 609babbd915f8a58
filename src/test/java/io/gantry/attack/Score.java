package io.gantry.attack;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What was answered, counted; and what shouldn't have been. From any thread. */
final class Score {

    private static final int MOST_TOLD = 200;
    private static final List<String> CLASSES = List.of("2xx", "3xx", "4xx", "5xx", "none");

    private final Map<String, Map<String, Integer>> counts = new TreeMap<>();
    private final Map<Integer, Integer> statuses = new TreeMap<>();
    private final List<String> violations = new ArrayList<>();
    private int violated;
    private int requests;
    private Duration longest = Duration.ZERO;

    /** @param status 0 for a connection that was closed without an answer */
    synchronized void count(String kind, int status, Duration took) {
        requests++;
        String group = status == 0 ? "none" : status / 100 + "xx";
        counts.computeIfAbsent(kind, k -> new TreeMap<>()).merge(group, 1, Integer::sum);
        statuses.merge(status, 1, Integer::sum);
        longest = took.compareTo(longest) > 0 ? took : longest;
    }

    synchronized void violation(String text) {
        violated++;
        if (violations.size() < MOST_TOLD) {
            violations.add(text);
        }
    }

    synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    synchronized String text(long seed, Duration took) {
        List<String> lines = new ArrayList<>(List.of(
                "Seed %d: %d requests in %d s, %d a second, the longest %d ms; %d violations."
                        .formatted(
                                seed,
                                requests,
                                took.toSeconds(),
                                requests * 1000L / Math.max(1, took.toMillis()),
                                longest.toMillis(),
                                violated),
                "",
                row("spoilt", CLASSES),
                "| --- | ---: | ---: | ---: | ---: | ---: |"));
        counts.forEach((kind, of) -> lines.add(row(kind, of)));
        Map<String, Integer> all = new TreeMap<>();
        counts.values().forEach(of -> of.forEach((group, count) -> all.merge(group, count, Integer::sum)));
        lines.add(row("all", all));
        lines.add("");
        lines.add("By status: " + statuses);
        lines.add("");
        new TreeSet<>(violations).forEach(violation -> lines.add("* " + violation.replace("\n", "\n  ")));
        return String.join("\n", lines) + "\n";
    }

    private static String row(String kind, Map<String, Integer> of) {
        return row(
                kind,
                CLASSES.stream()
                        .map(group -> of.getOrDefault(group, 0).toString())
                        .toList());
    }

    private static String row(String kind, List<String> cells) {
        return "| %-12s | %7s | %7s | %7s | %7s | %7s |"
                .formatted(kind, cells.get(0), cells.get(1), cells.get(2), cells.get(3), cells.get(4));
    }
}
