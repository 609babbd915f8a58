package io.gantry.engine;

import java.util.regex.Pattern;

/** The engine's id of a container: 64 hexadecimal digits. */
public record ContainerId(String value) {

    private static final Pattern VALID = Pattern.compile("[0-9a-f]{12,64}");

    public ContainerId {
        if (!VALID.matcher(value).matches()) {
            throw new IllegalArgumentException("not a container id: " + value);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
