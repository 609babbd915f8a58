package io.gantry.logs;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.util.DataSize;
import io.dropwizard.validation.MinDataSize;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of what containers write.
 *
 * @param limit how much of one run's output is stored; what comes above it is dropped, with a visible mark
 */
public record LogsConfiguration(
        @JsonProperty @NotNull @MinDataSize(1) DataSize limit) {

    public static final DataSize DEFAULT_LIMIT = DataSize.mebibytes(64);

    public LogsConfiguration(@Nullable DataSize limit) {
        this.limit = limit == null ? DEFAULT_LIMIT : limit;
    }

    public static LogsConfiguration defaults() {
        return new LogsConfiguration(DEFAULT_LIMIT);
    }
}
