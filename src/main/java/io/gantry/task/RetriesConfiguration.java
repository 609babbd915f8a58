package io.gantry.task;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MinDuration;
import io.dropwizard.validation.ValidationMethod;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How often runs may be tried again.
 *
 * @param most the ceiling of what a task may say
 * @param backoff before the first retry of a task that doesn't say
 * @param longestBackoff the ceiling of the wait before any retry
 */
public record RetriesConfiguration(
        @JsonProperty @Min(0) @Max(1000) int most,

        @JsonProperty @NotNull @MinDuration(value = 1, unit = TimeUnit.SECONDS)
        Duration backoff,

        @JsonProperty @NotNull @MinDuration(value = 1, unit = TimeUnit.SECONDS)
        Duration longestBackoff) {

    @JsonCreator
    public RetriesConfiguration(@Nullable Integer most, @Nullable Duration backoff, @Nullable Duration longestBackoff) {
        this(
                most == null ? RetryLimits.STANDARD.most() : most.intValue(),
                backoff == null
                        ? Duration.seconds(RetryLimits.STANDARD.usualBackoff().toSeconds())
                        : backoff,
                longestBackoff == null
                        ? Duration.hours(RetryLimits.STANDARD.longestBackoff().toHours())
                        : longestBackoff);
    }

    /** What holds where nothing is configured. */
    static RetriesConfiguration defaults() {
        return new RetriesConfiguration((Integer) null, null, null);
    }

    @ValidationMethod(message = "backoff must not be longer than longestBackoff")
    @JsonIgnore
    public boolean isBackoffWithinTheLongest() {
        return backoff.toNanoseconds() <= longestBackoff.toNanoseconds();
    }

    public RetryLimits limits() {
        return new RetryLimits(most, backoff.toJavaDuration(), longestBackoff.toJavaDuration());
    }
}
