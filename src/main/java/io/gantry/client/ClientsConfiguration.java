package io.gantry.client;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MinDuration;
import jakarta.validation.constraints.NotNull;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How long a client may take for its part of a conversation.
 *
 * @param headTime for the line and the headers of a request, from their first byte, or from the opening of a connection
 * @param bodyTime for the body of a request, from the end of its headers
 * @param readTime for reading the next {@value SlicedAnswers#SLICE_BYTES} bytes of an answer
 */
public record ClientsConfiguration(
        @JsonProperty @NotNull @MinDuration(value = 100, unit = TimeUnit.MILLISECONDS)
        Duration headTime,

        @JsonProperty @NotNull @MinDuration(value = 100, unit = TimeUnit.MILLISECONDS)
        Duration bodyTime,

        @JsonProperty @NotNull @MinDuration(value = 100, unit = TimeUnit.MILLISECONDS)
        Duration readTime) {

    public ClientsConfiguration(@Nullable Duration headTime, @Nullable Duration bodyTime, @Nullable Duration readTime) {
        this.headTime = headTime == null ? Duration.seconds(15) : headTime;
        this.bodyTime = bodyTime == null ? Duration.seconds(40) : bodyTime;
        this.readTime = readTime == null ? Duration.seconds(40) : readTime;
    }

    public static ClientsConfiguration defaults() {
        return new ClientsConfiguration(null, null, null);
    }

    java.time.Duration time(Part part) {
        return switch (part) {
            case HEAD -> headTime.toJavaDuration();
            case BODY -> bodyTime.toJavaDuration();
            case ANSWER -> readTime.toJavaDuration();
        };
    }
}
