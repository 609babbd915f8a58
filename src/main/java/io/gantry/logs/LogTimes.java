package io.gantry.logs;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How the times of log lines are written: RFC 3339 in UTC with microseconds. */
final class LogTimes {

    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private LogTimes() {}

    static String format(Instant time) {
        return FORMAT.format(time);
    }
}
