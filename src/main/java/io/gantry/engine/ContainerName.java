package io.gantry.engine;

import java.util.regex.Pattern;

/** The name that we give to a container, in the engine's alphabet. */
public record ContainerName(String value) {

    private static final Pattern VALID = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]+");

    public ContainerName {
        if (!VALID.matcher(value).matches()) {
            throw new IllegalArgumentException("not a container name: " + value);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
