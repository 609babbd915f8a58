package io.gantry.database;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The schema changes that this version knows, in order, read in a moment and without Liquibase. */
record Changelog(List<String> changes) {

    private static final Pattern INCLUDE = Pattern.compile("<include file=\"([^\"]+)\"");
    private static final Pattern CHANGE = Pattern.compile("(?m)^--changeset (\\S+)");

    static Changelog read() {
        List<String> changes = new ArrayList<>();
        for (String file : all(INCLUDE, resource(Migrations.CHANGELOG))) {
            changes.addAll(all(CHANGE, resource("migrations/" + file)));
        }
        return new Changelog(List.copyOf(changes));
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(Changelog::name).toList();
    }

    private static String name(MatchResult match) {
        return match.group(1);
    }

    private static String resource(String path) {
        try (InputStream in = Changelog.class.getClassLoader().getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException(path + " isn't on the classpath");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(path + " can't be read", e);
        }
    }
}
