package io.gantry.jsonapi;

import io.gantry.problem.Place;
import io.gantry.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The entity tags of an {@code If-Match} or {@code If-None-Match} header (RFC 9110, 8.8.3). */
record TagList(List<Tag> tags, Scope scope) {

    private static final Pattern TAG = Pattern.compile("\\s*(W/)?\"([\\x21\\x23-\\x7e\\x80-\\xff]*)\"\\s*(?:,|$)");
    private static final Pattern COMPRESSED = Pattern.compile("--gzip$");

    enum Scope {
        ANY,
        LISTED
    }

    record Tag(String value, Strength strength) {}

    enum Strength {
        STRONG,
        WEAK
    }

    static Optional<TagList> parse(String header, List<String> values) {
        if (values.isEmpty()) {
            return Optional.empty();
        }
        String text = String.join(",", values).strip();
        return Optional.of(text.equals("*") ? new TagList(List.of(), Scope.ANY) : listed(header, text));
    }

    private static TagList listed(String header, String text) {
        List<Tag> tags = new ArrayList<>();
        Matcher matcher = TAG.matcher(text);
        int end = 0;
        while (matcher.lookingAt() && end < text.length()) {
            Strength strength = matcher.group(1) == null ? Strength.STRONG : Strength.WEAK;
            tags.add(new Tag(COMPRESSED.matcher(matcher.group(2)).replaceFirst(""), strength));
            end = matcher.end();
            matcher.region(end, text.length());
        }
        if (tags.isEmpty() || end < text.length()) {
            throw Problem.of(
                            HttpProblem.INVALID_HEADER,
                            header
                                    + " isn't a list of entity tags. Send * or tags in double quotes, as ETag gave them.")
                    .at(Place.header(header))
                    .asException();
        }
        return new TagList(tags, Scope.LISTED);
    }

    /** Whether one of these is a strong tag of this version, in whatever representation. */
    boolean hasVersion(VersionTag tag) {
        return scope == Scope.ANY
                || tags.stream()
                        .anyMatch(listed -> listed.strength() == Strength.STRONG
                                && VersionTag.versionOf(listed.value()).equals(tag.version()));
    }

    /** Whether one of these, weak or strong, is this very representation. */
    boolean hasRepresentation(VersionTag tag) {
        return scope == Scope.ANY
                || tags.stream().anyMatch(listed -> listed.value().equals(tag.value()));
    }
}
