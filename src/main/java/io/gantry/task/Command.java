package io.gantry.task;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;

/** What a container is to execute. In JSON a string or an array of strings. */
public sealed interface Command {

    /** A line for {@code /bin/sh -c}, replacing the image's entrypoint. */
    record Shell(String line) implements Command {
        @Override
        @JsonValue
        public String line() {
            return line;
        }
    }

    /** Arguments to the entrypoint, no shell in between. */
    record Exec(List<String> arguments) implements Command {
        public Exec {
            arguments = List.copyOf(arguments);
        }

        @Override
        @JsonValue
        public List<String> arguments() {
            return arguments;
        }
    }

    @JsonCreator
    static Command of(Object json) {
        if (json instanceof String line) {
            return new Shell(line);
        }
        if (json instanceof List<?> list) {
            return new Exec(list.stream().map(String.class::cast).toList());
        }
        throw new IllegalArgumentException("a command is a string or an array of strings");
    }
}
