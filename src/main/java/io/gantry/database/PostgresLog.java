package io.gantry.database;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads why Postgres didn't do something out of what it wrote. */
final class PostgresLog {

    private static final Pattern TELLING = Pattern.compile(
            "FATAL|PANIC|ERROR|HINT|DETAIL|error:|detail:|hint:|could not|[Dd]enied|No space|not permitted");
    private static final Pattern PASSING = Pattern.compile(
            "shared memory block|lock file \"postmaster.pid\"|Address already in use|could not bind|starting up");
    private static final int MOST_LINES = 4;
    private static final int MOST_BYTES = 20_000;

    private PostgresLog() {}

    /** The telling lines of an output, on one line. */
    static String reason(String output) {
        List<String> lines = output.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        List<String> telling =
                lines.stream().filter(line -> TELLING.matcher(line).find()).toList();
        List<String> best = telling.isEmpty() ? lines : telling;
        return best.subList(Math.max(0, best.size() - MOST_LINES), best.size()).stream()
                .collect(Collectors.joining(" | "));
    }

    /** Whether the failure may be over in a second, e.g. because the processes of a killed server are still ending. */
    static boolean isPassing(String output) {
        return PASSING.matcher(output).find();
    }

    static long size(Path log) throws IOException {
        return Files.exists(log) ? Files.size(log) : 0;
    }

    /** What was appended since the log had this size. */
    static String since(Path log, long position) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long from = Math.max(position, file.length() - MOST_BYTES);
            byte[] bytes = new byte[(int) Math.max(0, file.length() - from)];
            file.seek(from);
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
