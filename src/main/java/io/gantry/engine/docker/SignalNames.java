package io.gantry.engine.docker;

import java.util.Map;
import java.util.regex.Pattern;

/** The names of the signals that end containers; Docker's events give numbers. */
final class SignalNames {

    private static final Map<String, String> NAMES =
            Map.of("1", "HUP", "2", "INT", "3", "QUIT", "6", "ABRT", "9", "KILL", "15", "TERM");

    private static final Pattern USUAL = Pattern.compile("[A-Z0-9+-]{1,12}");

    private SignalNames() {}

    /**
     * A name as {@code kill} takes it, or the number when it isn't a usual one. A label of an image that is called so takes
     * the place of Docker's own word, so that it may be anything.
     */
    static String of(String signal) {
        String bare = signal.startsWith("SIG") ? signal.substring(3) : signal;
        return NAMES.getOrDefault(bare, USUAL.matcher(bare).matches() ? bare : "?");
    }
}
