package io.gantry.engine;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of an image reference, by the grammar of the distribution project ({@code reference/reference.go}) that Docker
 * uses.
 */
record ImageName(String domain, String path, Optional<String> tag, Optional<String> digest) {

    private static final int LONGEST_NAME = 255;
    /** Far above the longest valid reference; keeps the patterns away from text of any size. */
    private static final int LONGEST_REFERENCE = 1024;

    private static final String DEFAULT_DOMAIN = "docker.io";
    private static final Map<String, Integer> HEX_DIGITS = Map.of("sha256", 64, "sha384", 96, "sha512", 128);

    private static final Pattern BARE_ID = Pattern.compile("[a-f0-9]{64}");
    private static final String HOST_PART = "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])";
    private static final Pattern DOMAIN =
            Pattern.compile("(?:" + HOST_PART + "(?:\\." + HOST_PART + ")*|\\[[a-fA-F0-9:]+])(?::[0-9]+)?");
    private static final String PATH_PART = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
    private static final Pattern PATH = Pattern.compile(PATH_PART + "(?:/" + PATH_PART + ")*");
    private static final Pattern TAG = Pattern.compile("\\w[\\w.-]{0,127}");
    private static final Pattern DIGEST = Pattern.compile("(?<algorithm>[a-z0-9+._-]+):(?<hex>[a-f0-9]+)");

    static ImageName parse(String text) {
        refuseIf(text.isEmpty(), "must not be empty");
        refuseIf(text.length() > LONGEST_REFERENCE, "is too long");
        refuseIf(BARE_ID.matcher(text).matches(), "must be a name, not a 64-digit image id");
        int at = text.indexOf('@');
        Optional<String> digest = at < 0 ? Optional.empty() : Optional.of(validDigest(text.substring(at + 1)));
        String name = at < 0 ? text : text.substring(0, at);
        int colon = name.indexOf(':', name.lastIndexOf('/') + 1);
        Optional<String> tag = colon < 0 ? Optional.empty() : Optional.of(validTag(name.substring(colon + 1)));
        return ofRepository(colon < 0 ? name : name.substring(0, colon), tag, digest);
    }

    private static ImageName ofRepository(String repository, Optional<String> tag, Optional<String> digest) {
        int slash = repository.indexOf('/');
        boolean hasDomain = slash >= 0 && looksLikeDomain(repository.substring(0, slash));
        String domain = hasDomain ? repository.substring(0, slash) : DEFAULT_DOMAIN;
        String path = hasDomain ? repository.substring(slash + 1) : repository;
        refuseIf(!DOMAIN.matcher(domain).matches(), "has an invalid registry host before the first slash");
        refuseIf(!path.equals(path.toLowerCase(Locale.ROOT)), "must have a lower-case repository name");
        refuseIf(!PATH.matcher(path).matches(), "has an invalid repository name");
        if (domain.equals("index.docker.io")) {
            domain = DEFAULT_DOMAIN;
        }
        if (domain.equals(DEFAULT_DOMAIN) && path.indexOf('/') < 0) {
            path = "library/" + path;
        }
        ImageName name = new ImageName(domain, path, tag, digest);
        refuseIf(
                name.repository().length() > LONGEST_NAME,
                "has a repository name of more than " + LONGEST_NAME + " characters");
        return name;
    }

    /** Docker's rule for {@code a/b}: only a first part that can't be a user's name is a registry. */
    private static boolean looksLikeDomain(String part) {
        return part.indexOf('.') >= 0 || part.indexOf(':') >= 0 || part.equals("localhost");
    }

    private static String validTag(String tag) {
        refuseIf(!TAG.matcher(tag).matches(), "has an invalid tag: 1 to 128 letters, digits, '_', '.' and '-'");
        return tag;
    }

    private static String validDigest(String digest) {
        Matcher matcher = DIGEST.matcher(digest);
        boolean valid = matcher.matches()
                && Integer.valueOf(matcher.group("hex").length()).equals(HEX_DIGITS.get(matcher.group("algorithm")));
        refuseIf(!valid, "has an invalid digest: 'sha256:' and 64 lower-case hexadecimal digits");
        return digest;
    }

    private static void refuseIf(boolean wrong, String what) {
        if (wrong) {
            throw new IllegalArgumentException(what);
        }
    }

    String repository() {
        return domain + "/" + path;
    }

    Optional<String> tagOrDefault() {
        return tag.isEmpty() && digest.isEmpty() ? Optional.of("latest") : tag;
    }
}
