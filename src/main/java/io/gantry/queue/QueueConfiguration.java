package io.gantry.queue;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

/**
 * How many at once.
 *
 * @param running slots over all nodes that share the database; the nodes must agree on it
 */
public record QueueConfiguration(
        @JsonProperty @Min(1) @Max(1000) int running) {

    @JsonCreator
    public QueueConfiguration(@Nullable Integer running) {
        this(running == null ? 2 : running.intValue());
    }
}
