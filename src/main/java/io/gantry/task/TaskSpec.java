package io.gantry.task;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gantry.engine.ImageReference;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run uses, as the client sent it and valid: stored with the task, and copied into each run, so that a later change
 * of the task doesn't change the past. Its JSON form is what the database keeps; a member may be added, none renamed.
 *
 * @param image as sent
 * @param entrypoint absent keeps the image's, an empty list clears it
 * @param stopGracePeriod between SIGTERM and SIGKILL
 * @param timeout how long a run may take from its container's start on
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record TaskSpec(
        String image,
        Command command,
        Optional<List<String>> entrypoint,
        Optional<String> workingDirectory,
        Optional<String> user,
        Map<String, String> environment,
        Duration stopGracePeriod,
        Duration timeout) {

    public static final Duration DEFAULT_STOP_GRACE_PERIOD = Duration.ofSeconds(10);

    /** Specs that were stored before there was a timeout have the usual one. */
    public TaskSpec {
        environment = Map.copyOf(environment);
        timeout = Optional.ofNullable(timeout).orElse(TimeLimits.STANDARD.usual());
    }

    /** A spec with nothing but the two required members. */
    public static TaskSpec of(String image, Command command) {
        return new TaskSpec(
                image,
                command,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                DEFAULT_STOP_GRACE_PERIOD,
                TimeLimits.STANDARD.usual());
    }

    /** The same, within what the operator allows now. */
    public TaskSpec within(TimeLimits limits) {
        return withTimeout(limits.within(timeout));
    }

    public TaskSpec withTimeout(Duration other) {
        return new TaskSpec(image, command, entrypoint, workingDirectory, user, environment, stopGracePeriod, other);
    }

    /** The full reference that the image's short name stands for. */
    public String normalisedImage() {
        return new ImageReference(image).normalised();
    }
}
