package io.gantry.access;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who is let in.
 *
 * @param authentication {@code none} or {@code required}
 * @param hosts the names, without port, by which the service may be called besides those of this machine; empty for any
 *     name where authentication is required
 * @param rateLimit requests a minute of one caller; null for as many as come
 */
public record AccessConfiguration(
        @JsonProperty @NotNull @Pattern(regexp = "none|required", message = "must be none or required")
        String authentication,

        @JsonProperty @NotNull List<String> hosts,
        @JsonProperty @Min(1) @Nullable Integer rateLimit) {

    private static final String NONE = "none";

    @JsonCreator
    public AccessConfiguration(
            @Nullable String authentication, @Nullable List<String> hosts, @Nullable Integer rateLimit) {
        this.authentication = authentication == null ? NONE : authentication;
        this.hosts = hosts == null ? List.of() : List.copyOf(hosts);
        this.rateLimit = rateLimit;
    }

    /** What holds where nothing is configured. */
    public static AccessConfiguration defaults() {
        return new AccessConfiguration(null, null, null);
    }

    public boolean authenticates() {
        return !authentication.equals(NONE);
    }

    public Optional<Integer> requestsPerMinute() {
        return Optional.ofNullable(rateLimit);
    }
}
