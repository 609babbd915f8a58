package io.gantry.task;

import io.dropwizard.util.Duration;

/** Spans of time as the API and the config file write them: {@code 90s}, {@code 5m}. */
public final class DurationText {

    private DurationText() {}

    /** Throws IllegalArgumentException for anything that isn't a number and a unit. */
    public static java.time.Duration parse(String text) {
        Duration duration = Duration.parse(text);
        try {
            return java.time.Duration.of(
                    duration.getQuantity(), duration.getUnit().toChronoUnit());
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("too long: " + text, e);
        }
    }

    /** In the largest unit that needs no fraction, hours at most. */
    public static String format(java.time.Duration duration) {
        long seconds = duration.toSeconds();
        if (duration.toMillisPart() != 0) {
            return duration.toMillis() + "ms";
        }
        if (seconds == 0 || seconds % 60 != 0) {
            return seconds + "s";
        }
        return seconds % 3600 == 0 ? seconds / 3600 + "h" : seconds / 60 + "m";
    }
}
