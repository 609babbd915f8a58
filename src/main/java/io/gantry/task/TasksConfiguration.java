package io.gantry.task;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/**
 * What may be stored.
 *
 * @param limit how many tasks at most
 */
public record TasksConfiguration(
        @JsonProperty @Min(1) @Max(10_000_000) int limit) {

    public static final int DEFAULT_LIMIT = 100;

    public TasksConfiguration() {
        this(DEFAULT_LIMIT);
    }
}
