package io.gantry.task;

import com.fasterxml.jackson.databind.JsonNode;
import io.gantry.engine.ImageReference;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What the attributes must be that a run uses; each rule throws {@link BrokenRule}. */
final class SpecRules {

    static final int MOST_ARGUMENTS = 256;
    static final int MOST_BYTES = 64 * 1024;
    static final int MOST_VARIABLES = 256;
    static final Duration LONGEST_GRACE = Duration.ofHours(1);

    private static final int LONGEST_PATH = 4096;
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern USER = Pattern.compile("[^\\s:\\p{Cntrl}]{1,255}(:[^\\s:\\p{Cntrl}]{1,255})?");

    private SpecRules() {}

    /** As sent; that it can be parsed is the rule. */
    static String image(JsonNode value) {
        String text = Texts.text(value);
        ImageReference.faultOf(text).ifPresent(fault -> {
            throw new BrokenRule(fault);
        });
        return text;
    }

    static Command command(JsonNode value) {
        if (value.isTextual()) {
            return new Command.Shell(line(value));
        }
        if (!value.isArray()) {
            throw new BrokenRule("must be a string or an array of strings");
        }
        List<String> arguments = arguments(value);
        if (arguments.isEmpty()) {
            throw new BrokenRule("must have at least one element");
        }
        return new Command.Exec(arguments);
    }

    static List<String> arguments(JsonNode value) {
        List<String> arguments = Texts.list(value, MOST_ARGUMENTS);
        checkSize(arguments.stream().mapToInt(Texts::bytes).sum());
        return arguments;
    }

    static String workingDirectory(JsonNode value) {
        String path = Texts.text(value, LONGEST_PATH);
        if (!path.startsWith("/")) {
            throw new BrokenRule("must be an absolute path");
        }
        return path;
    }

    static String user(JsonNode value) {
        String user = Texts.text(value);
        if (!USER.matcher(user).matches()) {
            throw new BrokenRule("must be a user's name or number, with or without a group: nobody, 1000, 1000:1000");
        }
        return user;
    }

    static Map<String, String> environment(JsonNode value) {
        if (!value.isObject()) {
            throw new BrokenRule("must be an object of strings");
        }
        if (value.size() > MOST_VARIABLES) {
            throw new BrokenRule("can have " + MOST_VARIABLES + " variables at most, not " + value.size());
        }
        Map<String, String> variables = new TreeMap<>();
        value.properties()
                .forEach(variable -> variables.put(
                        variableName(variable.getKey()), variableValue(variable.getKey(), variable.getValue())));
        checkSize(variables.entrySet().stream()
                .mapToInt(v -> Texts.bytes(v.getKey()) + Texts.bytes(v.getValue()))
                .sum());
        return variables;
    }

    static Duration stopGracePeriod(JsonNode value) {
        Duration period = duration(Texts.text(value));
        if (period.compareTo(LONGEST_GRACE) > 0 || !period.equals(Duration.ofSeconds(period.toSeconds()))) {
            throw new BrokenRule("must be a whole number of seconds from 0s to " + DurationText.format(LONGEST_GRACE));
        }
        return period;
    }

    private static String line(JsonNode value) {
        String line = Texts.text(value);
        if (line.isEmpty()) {
            throw new BrokenRule("can't be empty");
        }
        checkSize(Texts.bytes(line));
        return line;
    }

    private static void checkSize(int bytes) {
        if (bytes > MOST_BYTES) {
            throw new BrokenRule("can have " + MOST_BYTES + " bytes at most, not " + bytes);
        }
    }

    private static String variableName(String name) {
        if (!VARIABLE.matcher(name).matches()) {
            throw new BrokenRule("has a variable whose name isn't made of letters, digits and underscores,"
                    + " beginning with no digit");
        }
        return name;
    }

    private static String variableValue(String name, JsonNode value) {
        if (!value.isTextual()) {
            throw new BrokenRule("must be an object of strings; the value of " + name + " isn't a string");
        }
        return Texts.storable(value.textValue());
    }

    private static Duration duration(String text) {
        try {
            return DurationText.parse(text);
        } catch (IllegalArgumentException e) {
            throw new BrokenRule("must be a number and a unit, such as 10s or 2m");
        }
    }
}
