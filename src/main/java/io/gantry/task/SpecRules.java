package io.gantry.task;

import com.fasterxml.jackson.databind.JsonNode;
import io.gantry.engine.ImageReference;
import io.gantry.jsonapi.AttributeReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    static final Duration SHORTEST_TIMEOUT = Duration.ofSeconds(1);
    static final int MOST_LABELS = 64;

    private static final Duration LONGEST_WAIT = Duration.ofHours(10_000);
    private static final BigDecimal FEWEST_CPUS = new BigDecimal("0.01");
    private static final String ALLOWED = ", the longest that the operator allows";
    private static final String ALLOWED_MOST = ", the most that the operator allows";

    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9](?:[a-z0-9._/-]{0,126}[a-z0-9])?");
    private static final Pattern RESERVED_LABEL =
            Pattern.compile("(?:io\\.gantry|(?:com|io)\\.docker|org\\.dockerproject)\\.|signal$");
    private static final Pattern USER = Pattern.compile("[^\\s:\\p{Cntrl}]{1,255}(:[^\\s:\\p{Cntrl}]{1,255})?");
    private static final Pattern ORDINARY_USER = Pattern.compile("[1-9][0-9]{0,8}(:[1-9][0-9]{0,8})?");
    private static final Function<JsonNode, String> TEXT = AttributeReader.text(1, MOST_BYTES);

    private SpecRules() {}

    /** As sent; the rule is that it can be read and that the operator allows it. */
    static String image(JsonNode value, ImagePatterns allowed) {
        String text = TEXT.apply(value);
        ImageReference.faultOf(text).ifPresent(fault -> {
            throw new IllegalArgumentException("The image reference " + fault + ".");
        });
        require(
                allowed.allows(text),
                "The operator doesn't allow " + new ImageReference(text).normalised() + ", but " + allowed + ".");
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

    /** Whether it is told by numbers alone, and isn't root: what a name stands for only the image knows. */
    static boolean isNobodySpecial(String user) {
        return ORDINARY_USER.matcher(user).matches();
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

    /** @param longest the operator's ceiling */
    static Duration stopGracePeriod(JsonNode value, Duration longest) {
        return wholeSeconds(value, Duration.ZERO, longest, ALLOWED);
    }

    static Map<String, String> labels(JsonNode value) {
        Map<String, String> labels = new TreeMap<>(AttributeReader.textsByName().apply(value));
        require(
                labels.size() <= MOST_LABELS,
                "It can have at most " + MOST_LABELS + " labels and has " + labels.size() + ".");
        require(
                labels.keySet().stream().allMatch(name -> LABEL.matcher(name).matches()),
                "Names of labels are made of lower-case letters, digits, dots, dashes, underscores and slashes, begin and"
                        + " end with a letter or digit, and have at most 128 characters.");
        require(
                labels.keySet().stream()
                        .noneMatch(name -> RESERVED_LABEL.matcher(name).lookingAt()),
                "Names of labels that begin with io.gantry., com.docker., io.docker. or org.dockerproject. are taken,"
                        + " and so is signal, which Docker's events use.");
        requireSize(labels.entrySet().stream()
                .mapToInt(label -> bytes(label.getKey()) + bytes(label.getValue()))
                .sum());
        return labels;
    }

    /** @param longest the operator's ceiling */
    static Duration timeout(JsonNode value, Duration longest) {
        return wholeSeconds(value, SHORTEST_TIMEOUT, longest, ALLOWED);
    }

    /** @param longest the operator's ceiling, if there is one */
    static Duration queueTimeout(JsonNode value, Optional<Duration> longest) {
        return wholeSeconds(value, SHORTEST_TIMEOUT, longest.orElse(LONGEST_WAIT), longest.isPresent() ? ALLOWED : "");
    }

    /** @param longest the operator's ceiling */
    static Duration backoff(JsonNode value, Duration longest) {
        return wholeSeconds(value, Duration.ofSeconds(1), longest, ALLOWED);
    }

    /** How often a failed run is tried again. */
    static Integer retries(JsonNode value, int most) {
        return Math.toIntExact(whole(value, 0, most));
    }

    static List<String> retryCodes(JsonNode value) {
        List<String> codes =
                AttributeReader.texts().apply(value).stream().distinct().toList();
        require(
                RetryLimits.CODES.containsAll(codes),
                "It must be an array of failure codes: " + String.join(", ", RetryLimits.CODES) + ".");
        return codes;
    }

    static BigDecimal cpus(JsonNode value, BigDecimal most) {
        require(value.isNumber(), "It must be a number, such as 0.5.");
        BigDecimal cpus = value.decimalValue();
        require(
                cpus.compareTo(FEWEST_CPUS) >= 0
                        && cpus.compareTo(most) <= 0
                        && cpus.stripTrailingZeros().scale() <= 3,
                "It must be a number from 0.01 to " + most.toPlainString() + ALLOWED_MOST
                        + ", with at most 3 digits after the point.");
        return cpus;
    }

    /** Bytes. */
    static Long size(JsonNode value, long least, long most) {
        long bytes = bytesOf(TEXT.apply(value));
        require(
                bytes >= least && bytes <= most,
                "It must be from " + SizeText.format(least) + " to " + SizeText.format(most) + ALLOWED_MOST + ".");
        return bytes;
    }

    static Long whole(JsonNode value, long least, long most) {
        require(
                value.isIntegralNumber()
                        && value.canConvertToLong()
                        && value.longValue() >= least
                        && value.longValue() <= most,
                "It must be a whole number from " + least + " to " + most + ALLOWED_MOST + ".");
        return value.longValue();
    }

    static PullPolicy pullPolicy(JsonNode value) {
        return PullPolicy.of(oneOf(
                value, Arrays.stream(PullPolicy.values()).map(PullPolicy::word).toList()));
    }

    /** @param least the loosest that the operator allows */
    static Sandbox sandbox(JsonNode value, Sandbox least) {
        return Sandbox.of(oneOf(
                value,
                Arrays.stream(Sandbox.values())
                        .filter(profile -> profile.compareTo(least) >= 0)
                        .map(Sandbox::word)
                        .toList()));
    }

    static String oneOf(JsonNode value, List<String> allowed) {
        String word = TEXT.apply(value);
        require(
                allowed.contains(word),
                allowed.isEmpty()
                        ? "The operator allows none. Leave it out."
                        : "It must be one that is allowed here: " + String.join(", ", allowed) + ".");
        return word;
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

    private static long bytesOf(String text) {
        try {
            return SizeText.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("It must be a whole number and a unit, such as 512MiB or 2GiB.", e);
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
