package io.gantry.queue;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MinDuration;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How many at once, and for how long a slot is kept for somebody who is gone.
 *
 * @param running slots over all nodes that share the database; the nodes must agree on it
 * @param ownerReturn absent is for as long as it takes
 */
public record QueueConfiguration(
        @JsonProperty @Min(1) @Max(1000) int running,

        @JsonProperty @MinDuration(value = 1, unit = TimeUnit.SECONDS) @Nullable
        Duration ownerReturn) {

    @JsonCreator
    public QueueConfiguration(@Nullable Integer running, @Nullable Duration ownerReturn) {
        this(running == null ? 2 : running.intValue(), ownerReturn);
    }

    public static QueueConfiguration defaults() {
        return new QueueConfiguration(2, null);
    }

    /** How long a run whose node is gone, and whose engine nobody reaches, keeps its slot. */
    Optional<java.time.Duration> patience() {
        return Optional.ofNullable(ownerReturn).map(Duration::toJavaDuration);
    }
}
