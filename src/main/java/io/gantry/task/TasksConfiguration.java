package io.gantry.task;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MinDuration;
import io.dropwizard.validation.ValidationMethod;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What may be stored, and how long its runs may take.
 *
 * @param limit how many tasks at most
 * @param limitPerOwner how many of one owner; null for all of them
 * @param timeout how long a run may take whose task doesn't say
 * @param longestTimeout the most that a task may say
 * @param stopGracePeriod between SIGTERM and SIGKILL for a task that doesn't say
 * @param longestStopGracePeriod the most that a task may say of that
 * @param queueTimeout how long a run may wait in the queue whose task doesn't say; null is for ever
 * @param longestQueueTimeout the most that a task may say of that; null is anything
 */
public record TasksConfiguration(
        @JsonProperty @Min(1) @Max(10_000_000) int limit,
        @JsonProperty @Min(1) @Nullable Integer limitPerOwner,

        @JsonProperty @NotNull @MinDuration(value = 1, unit = TimeUnit.SECONDS)
        Duration timeout,

        @JsonProperty @NotNull @MinDuration(value = 1, unit = TimeUnit.SECONDS)
        Duration longestTimeout,

        @JsonProperty @NotNull Duration stopGracePeriod,
        @JsonProperty @NotNull Duration longestStopGracePeriod,

        @JsonProperty @MinDuration(value = 1, unit = TimeUnit.SECONDS) @Nullable
        Duration queueTimeout,

        @JsonProperty @MinDuration(value = 1, unit = TimeUnit.SECONDS) @Nullable
        Duration longestQueueTimeout,

        @JsonProperty @NotNull @Valid RetriesConfiguration retries) {

    public static final int DEFAULT_LIMIT = 100;

    @JsonCreator
    public TasksConfiguration(
            @Nullable Integer limit,
            @Nullable Integer limitPerOwner,
            @Nullable Duration timeout,
            @Nullable Duration longestTimeout,
            @Nullable Duration stopGracePeriod,
            @Nullable Duration longestStopGracePeriod,
            @Nullable Duration queueTimeout,
            @Nullable Duration longestQueueTimeout,
            @Nullable RetriesConfiguration retries) {
        this(
                limit == null ? DEFAULT_LIMIT : limit.intValue(),
                limitPerOwner,
                timeout == null ? hours(TimeLimits.STANDARD.usual()) : timeout,
                longestTimeout == null ? hours(TimeLimits.STANDARD.longest()) : longestTimeout,
                stopGracePeriod == null
                        ? Duration.seconds(TimeLimits.STANDARD.usualGrace().toSeconds())
                        : stopGracePeriod,
                longestStopGracePeriod == null ? hours(TimeLimits.STANDARD.longestGrace()) : longestStopGracePeriod,
                queueTimeout,
                longestQueueTimeout,
                retries == null ? RetriesConfiguration.defaults() : retries);
    }

    private static Duration hours(java.time.Duration standard) {
        return Duration.hours(standard.toHours());
    }

    /** What holds where nothing is configured. */
    public static TasksConfiguration defaults() {
        return new TasksConfiguration((Integer) null, null, null, null, null, null, null, null, null);
    }

    @ValidationMethod(message = "timeout must not be longer than longestTimeout")
    @JsonIgnore
    public boolean isTimeoutWithinTheLongest() {
        return timeLimits().usual().compareTo(timeLimits().longest()) <= 0;
    }

    @ValidationMethod(message = "stopGracePeriod must not be longer than longestStopGracePeriod")
    @JsonIgnore
    public boolean isGraceWithinTheLongest() {
        return stopGracePeriod.toNanoseconds() <= longestStopGracePeriod.toNanoseconds();
    }

    @ValidationMethod(message = "queueTimeout must not be longer than longestQueueTimeout")
    @JsonIgnore
    public boolean isQueueTimeoutWithinTheLongest() {
        return queueTimeout == null
                || longestQueueTimeout == null
                || queueTimeout.toNanoseconds() <= longestQueueTimeout.toNanoseconds();
    }

    public TaskLimits taskLimits() {
        return new TaskLimits(limit, limitPerOwner == null ? limit : Math.min(limit, limitPerOwner));
    }

    public TimeLimits timeLimits() {
        return new TimeLimits(
                timeout.toJavaDuration(),
                longestTimeout.toJavaDuration(),
                stopGracePeriod.toJavaDuration(),
                longestStopGracePeriod.toJavaDuration(),
                Optional.ofNullable(queueTimeout).map(Duration::toJavaDuration),
                Optional.ofNullable(longestQueueTimeout).map(Duration::toJavaDuration));
    }
}
