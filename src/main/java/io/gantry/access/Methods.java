package io.gantry.access;

import java.util.Set;

/** Tells the methods of HTTP that only look (RFC 9110 calls them safe) from those that are there to change something. */
final class Methods {

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private Methods() {}

    static boolean isSafe(String method) {
        return SAFE.contains(method);
    }
}
