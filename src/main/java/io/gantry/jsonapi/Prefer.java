package io.gantry.jsonapi;

import io.gantry.problem.Place;
import io.gantry.problem.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The preferences of a {@code Prefer} header (RFC 7240) that this service knows; others are ignored, as it demands. */
final class Prefer {

    private Prefer() {}

    /** The first one counts. */
    static Optional<Duration> parseWait(List<String> values) {
        for (String preference : String.join(",", values).split(",", -1)) {
            String word = preference.split(";", 2)[0].strip();
            String[] pair = word.split("=", 2);
            if (pair[0].strip().toLowerCase(Locale.ROOT).equals("wait")) {
                return Optional.of(seconds(pair.length < 2 ? "" : pair[1].strip()));
            }
        }
        return Optional.empty();
    }

    private static Duration seconds(String text) {
        String number = text.matches("\".*\"") ? text.substring(1, text.length() - 1) : text;
        if (!number.matches("[0-9]{1,6}")) {
            throw Problem.of(
                            HttpProblem.INVALID_HEADER,
                            "Prefer: wait takes a whole number of seconds, as in \"Prefer: wait=30\".")
                    .at(Place.header("Prefer"))
                    .asException();
        }
        return Duration.ofSeconds(Long.parseLong(number));
    }
}
