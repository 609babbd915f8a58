package io.gantry.engine.docker;

import io.dropwizard.util.Duration;
import io.dropwizard.validation.MinDuration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * How the Docker engine is reached, and how long it is waited for.
 *
 * @param host {@code unix:///…} or {@code tcp://…}; empty means what the {@code docker} command would use
 * @param callTimeout for questions: inspect, list, info
 * @param changeTimeout for changes: create, start, remove
 * @param pullTimeout for the whole pull of an image
 * @param pullStallTimeout for a pull that makes no progress
 */
public record DockerConfiguration(
        String host,
        @MinDuration(value = 1, unit = TimeUnit.SECONDS) Duration callTimeout,
        @MinDuration(value = 1, unit = TimeUnit.SECONDS) Duration changeTimeout,
        @MinDuration(value = 1, unit = TimeUnit.SECONDS) Duration pullTimeout,
        @MinDuration(value = 1, unit = TimeUnit.SECONDS) Duration pullStallTimeout) {

    /** What a configuration file leaves out has a default. */
    public DockerConfiguration {
        host = Objects.requireNonNullElse(host, "");
        callTimeout = Objects.requireNonNullElse(callTimeout, Duration.seconds(10));
        changeTimeout = Objects.requireNonNullElse(changeTimeout, Duration.seconds(60));
        pullTimeout = Objects.requireNonNullElse(pullTimeout, Duration.minutes(30));
        pullStallTimeout = Objects.requireNonNullElse(pullStallTimeout, Duration.minutes(2));
    }

    /** What holds where nothing is configured. */
    public static DockerConfiguration defaults() {
        return new DockerConfiguration(
                "", Duration.seconds(10), Duration.seconds(60), Duration.minutes(30), Duration.minutes(2));
    }
}
