package io.gantry.invariant;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MinDuration;
import jakarta.validation.constraints.NotNull;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How often it is checked that what must always hold does.
 *
 * @param interval between two looks
 */
public record InvariantsConfiguration(
        @JsonProperty @NotNull @MinDuration(value = 1, unit = TimeUnit.SECONDS)
        Duration interval) {

    @JsonCreator
    public InvariantsConfiguration(@Nullable Duration interval) {
        this.interval = interval == null ? Duration.minutes(1) : interval;
    }

    public static InvariantsConfiguration defaults() {
        return new InvariantsConfiguration(null);
    }
}
