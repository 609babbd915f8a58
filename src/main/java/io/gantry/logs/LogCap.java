package io.gantry.logs;

import io.dropwizard.util.DataSize;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** How many bytes of a run's output are stored, and the mark that stands where it was cut. */
record LogCap(long bytes) {

    private static final Map<String, Long> UNITS = Map.of("GiB", 1L << 30, "MiB", 1L << 20, "KiB", 1L << 10);

    static LogCap of(DataSize size) {
        return new LogCap(size.toBytes());
    }

    /** One line on its own, whatever stands before it. */
    byte[] mark(LogEnd.LineState before) {
        String line = "[gantry: output above %s was not stored]\n".formatted(text());
        return (before == LogEnd.LineState.AT_START ? line : "\n" + line).getBytes(StandardCharsets.UTF_8);
    }

    private String text() {
        return UNITS.entrySet().stream()
                .filter(unit -> bytes > 0 && bytes % unit.getValue() == 0)
                .max(Map.Entry.comparingByValue())
                .map(unit -> bytes / unit.getValue() + unit.getKey())
                .orElse(bytes + "B");
    }
}
