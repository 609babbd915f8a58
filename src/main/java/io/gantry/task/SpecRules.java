package io.gantry.task;

import com.fasterxml.jackson.databind.JsonNode;
import io.gantry.engine.ImageReference;
import io.gantry.jsonapi.AttributeReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What the attributes must be that a run uses. Each rule turns a value into what it means, or raises
 * {@link IllegalArgumentException} with a sentence about what would be right.
 */
final class SpecRules {

    static final int MOST_ARGUMENTS = 256;
    static final int MOST_BYTES = 64 * 1024;
    static final int MOST_VARIABLES = 256;
    static final int LONGEST_PATH = 4096;
    static final Duration LONGEST_GRACE = Duration.ofHours(1);
    static final Duration SHORTEST_TIMEOUT = Duration.ofSeconds(1);

    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern USER = Pattern.compile("[^\\s:\\p{Cntrl}]{1,255}(:[^\\s:\\p{Cntrl}]{1,255})?");
    private static final Function<JsonNode, String> TEXT = AttributeReader.text(1, MOST_BYTES);

    private SpecRules() {}

    /** As sent; that it can be read is the rule. */
    static String image(JsonNode value) {
        String text = TEXT.apply(value);
        ImageReference.faultOf(text).ifPresent(fault -> {
            throw new IllegalArgumentException("The image reference " + fault + ".");
        });
        return text;
    }

    static Command command(JsonNode value) {
        if (value.isTextual()) {
            return new Command.Shell(line(value));
        }
        require(value.isArray(), "It must be a string for /bin/sh -c, or an array of strings.");
        List<String> arguments = arguments(value);
        require(!arguments.isEmpty(), "It must have at least one element.");
        return new Command.Exec(arguments);
    }

    static List<String> arguments(JsonNode value) {
        List<String> arguments = AttributeReader.texts().apply(value);
        require(
                arguments.size() <= MOST_ARGUMENTS,
                "It can have at most " + MOST_ARGUMENTS + " elements and has " + arguments.size() + ".");
        requireSize(arguments.stream().mapToInt(SpecRules::bytes).sum());
        return arguments;
    }

    static String workingDirectory(JsonNode value) {
        String path = AttributeReader.text(1, LONGEST_PATH).apply(value);
        require(path.startsWith("/"), "It must be an absolute path.");
        return path;
    }

    static String user(JsonNode value) {
        String user = TEXT.apply(value);
        require(
                USER.matcher(user).matches(),
                "It must be the name or number of a user, with or without a group: nobody, 1000, 1000:1000.");
        return user;
    }

    static Map<String, String> environment(JsonNode value) {
        Map<String, String> variables =
                new TreeMap<>(AttributeReader.textsByName().apply(value));
        require(
                variables.size() <= MOST_VARIABLES,
                "It can have at most " + MOST_VARIABLES + " variables and has " + variables.size() + ".");
        require(
                variables.keySet().stream()
                        .allMatch(name -> VARIABLE.matcher(name).matches()),
                "Names of variables are made of the letters A to Z in either case, digits and underscores,"
                        + " and don't begin with a digit.");
        requireSize(variables.entrySet().stream()
                .mapToInt(variable -> bytes(variable.getKey()) + bytes(variable.getValue()))
                .sum());
        return variables;
    }

    static Duration stopGracePeriod(JsonNode value) {
        return wholeSeconds(value, Duration.ZERO, LONGEST_GRACE, "");
    }

    /** @param longest the operator's ceiling */
    static Duration timeout(JsonNode value, Duration longest) {
        return wholeSeconds(value, SHORTEST_TIMEOUT, longest, ", the longest that the operator allows");
    }

    private static Duration wholeSeconds(JsonNode value, Duration shortest, Duration longest, String why) {
        Duration span = duration(TEXT.apply(value));
        require(
                span.compareTo(shortest) >= 0
                        && span.compareTo(longest) <= 0
                        && span.equals(Duration.ofSeconds(span.toSeconds())),
                "It must be a whole number of seconds from " + DurationText.format(shortest) + " to "
                        + DurationText.format(longest) + why + ".");
        return span;
    }

    private static String line(JsonNode value) {
        require(!value.textValue().isEmpty(), "It can't be empty.");
        requireSize(bytes(value.textValue()));
        return value.textValue();
    }

    private static Duration duration(String text) {
        try {
            return DurationText.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("It must be a number and a unit, such as 10s or 2m.", e);
        }
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static void requireSize(int bytes) {
        require(bytes <= MOST_BYTES, "It can have at most " + MOST_BYTES + " bytes and has " + bytes + ".");
    }

    private static void require(boolean fulfilled, String otherwise) {
        if (!fulfilled) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
