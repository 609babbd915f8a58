package io.gantry.engine.docker;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MinDuration;
import io.dropwizard.validation.ValidationMethod;
import jakarta.validation.Valid;
import java.util.HashSet;
import java.util.List;
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
 * @param registries those that the engine needs a name and a password for, each once
 */
public record DockerConfiguration(
        String host,
        @MinDuration(value = 1, unit = TimeUnit.SECONDS) Duration callTimeout,
        @MinDuration(value = 1, unit = TimeUnit.SECONDS) Duration changeTimeout,
        @MinDuration(value = 1, unit = TimeUnit.SECONDS) Duration pullTimeout,
        @MinDuration(value = 1, unit = TimeUnit.SECONDS) Duration pullStallTimeout,
        List<@Valid RegistryAccount> registries) {

    /** What a configuration file leaves out has a default. */
    public DockerConfiguration {
        host = Objects.requireNonNullElse(host, "");
        callTimeout = Objects.requireNonNullElse(callTimeout, Duration.seconds(10));
        changeTimeout = Objects.requireNonNullElse(changeTimeout, Duration.seconds(60));
        pullTimeout = Objects.requireNonNullElse(pullTimeout, Duration.minutes(30));
        pullStallTimeout = Objects.requireNonNullElse(pullStallTimeout, Duration.minutes(2));
        registries = List.copyOf(Objects.requireNonNullElse(registries, List.of()));
    }

    @JsonIgnore
    @ValidationMethod(message = "registries must name each registry once")
    public boolean isEachRegistryNamedOnce() {
        HashSet<String> names = new HashSet<>();
        return registries.stream().map(RegistryAccount::registry).allMatch(names::add);
    }

    /** What holds where nothing is configured. */
    public static DockerConfiguration defaults() {
        return new DockerConfiguration(
                "", Duration.seconds(10), Duration.seconds(60), Duration.minutes(30), Duration.minutes(2), List.of());
    }
}
