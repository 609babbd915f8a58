package io.gantry.access;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names by which this machine, and nobody else, is called. */
final class LocalHosts {

    private static final Pattern AUTHORITY = Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1])(?::[0-9]{1,5})?");

    private LocalHosts() {}

    /** Whether an authority, as in a Host header, names this machine, with any port or none. */
    static boolean contains(String authority) {
        Matcher matcher = AUTHORITY.matcher(authority.toLowerCase(Locale.ROOT));
        return matcher.matches();
    }

    /** Whether an authority has this name, with any port or none. */
    static boolean isNamed(String name, String authority) {
        String host = authority.replaceFirst(":[0-9]{1,5}$", "");
        return host.equalsIgnoreCase(name);
    }

    /** Whether an address to listen on can be reached from this machine only. */
    static boolean isLoopback(String bindHost) {
        return bindHost.matches("localhost|127\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}|::1|\\[::1]");
    }
}
