package io.gantry.task;

import io.gantry.engine.ImageReference;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Which images tasks may name. A pattern is held against the full reference, such as
 * {@code docker.io/library/busybox:1.36}; one without a tag and a digest against {@code docker.io/library/busybox}. Where an
 * image has both, Docker goes by the digest alone, so that a pattern with no more than a tag allows no image with a digest.
 * {@code *} stands for anything within one part of the path, {@code **} for anything.
 */
public record ImagePatterns(List<String> patterns) {

    /** All images. */
    public static final ImagePatterns ANY = new ImagePatterns(List.of("**"));

    public ImagePatterns {
        patterns = List.copyOf(patterns);
    }

    public boolean allows(String image) {
        ImageReference reference = new ImageReference(image);
        return patterns.stream().anyMatch(pattern -> matches(pattern, reference));
    }

    private static boolean matches(String pattern, ImageReference reference) {
        boolean onlyTag = saysTag(pattern) && !saysDigest(pattern);
        if (onlyTag && reference.digest().isPresent()) {
            return false;
        }
        boolean version = onlyTag || saysDigest(pattern);
        return expression(pattern)
                .matcher(version ? reference.normalised() : reference.repository())
                .matches();
    }

    private static boolean saysTag(String pattern) {
        return pattern.indexOf(':', pattern.lastIndexOf('/') + 1) >= 0;
    }

    private static boolean saysDigest(String pattern) {
        return pattern.indexOf('@') >= 0;
    }

    private static Pattern expression(String pattern) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            if (pattern.startsWith("**", i)) {
                regex.append(".*");
                i++;
            } else if (pattern.charAt(i) == '*') {
                regex.append("[^/]*");
            } else {
                regex.append(Pattern.quote(pattern.substring(i, i + 1)));
            }
        }
        return Pattern.compile(regex.toString());
    }

    @Override
    public String toString() {
        return String.join(", ", patterns);
    }
}
