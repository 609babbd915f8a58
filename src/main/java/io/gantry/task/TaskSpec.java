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
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record TaskSpec(
        String image,
        Command command,
        Optional<List<String>> entrypoint,
        Optional<String> workingDirectory,
        Optional<String> user,
        Map<String, String> environment,
        Duration stopGracePeriod) {

    public static final Duration DEFAULT_STOP_GRACE_PERIOD = Duration.ofSeconds(10);

    public TaskSpec {
        environment = Map.copyOf(environment);
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
                DEFAULT_STOP_GRACE_PERIOD);
    }

    /** The full reference that the image's short name stands for. */
    public String normalisedImage() {
        return new ImageReference(image).normalised();
    }
}
