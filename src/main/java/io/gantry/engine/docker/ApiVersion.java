package io.gantry.engine.docker;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version of Docker's API, e.g. {@code 1.41}. */
record ApiVersion(int major, int minor) implements Comparable<ApiVersion> {

    /** The newest one that this adapter was written for: the oldest that Docker 29 speaks. */
    static final ApiVersion NEWEST = new ApiVersion(1, 44);

    /** The oldest one that has all that we need. */
    static final ApiVersion OLDEST = new ApiVersion(1, 41);

    private static final Pattern FORM = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})");

    static ApiVersion parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not an API version: '" + text + "'");
        }
        return new ApiVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    ApiVersion min(ApiVersion other) {
        return compareTo(other) <= 0 ? this : other;
    }

    @Override
    public int compareTo(ApiVersion other) {
        return Comparator.comparingInt(ApiVersion::major)
                .thenComparingInt(ApiVersion::minor)
                .compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
