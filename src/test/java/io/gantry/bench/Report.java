package io.gantry.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table of what was measured, as Markdown. */
final class Report {

    private static final String ROW = "| %-52s | %12s | %12s | %10s | %10s |";

    private final List<String> lines = new ArrayList<>();

    Report() {
        add(ROW.formatted("measure", "Gantry", "compared", "result", "goal"));
        add("| --- | ---: | ---: | ---: | ---: |");
    }

    /** A measured value beside the one that it is compared with. */
    void compare(String measure, String gantry, String compared, String result, String goal) {
        add(ROW.formatted(measure, gantry, compared, result, goal));
    }

    /** A value that explains another one. */
    void note(String measure, String value) {
        add(ROW.formatted("  " + measure, value, "", "", ""));
    }

    void write(Path file) throws IOException {
        Files.write(file, lines);
    }

    static String millis(double value) {
        return String.format(Locale.ROOT, "%.1f ms", value);
    }

    static String ratio(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private void add(String line) {
        lines.add(line);
        System.out.println(line);
    }
}
