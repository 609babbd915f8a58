package io.gantry.database;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MinDuration;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where everything is kept.
 *
 * @param url {@code embedded:} for a Postgres of our own in the data folder, {@code embedded:<folder>} for one elsewhere,
 *     or {@code jdbc:postgresql:...} for an external one
 * @param user only for an external Postgres
 * @param password only for an external Postgres
 * @param connections how many at most in the pool
 * @param connectTimeout how long at most for a connection from the pool, and for an external Postgres at the start
 * @param statementTimeout how long one statement may take
 * @param idleInTransactionTimeout how long a transaction may hold its locks without working, e.g. when our host sleeps
 */
public record DatabaseConfiguration(
        @JsonProperty
        @NotNull
        @Pattern(
                regexp = "embedded:.*|jdbc:postgresql:.+",
                message = "must be embedded:, embedded:<folder> or jdbc:postgresql:...")
        String url,

        @JsonProperty @NotNull String user,
        @JsonProperty @NotNull String password,
        @JsonProperty @Min(5) @Max(1000) int connections,

        @JsonProperty @NotNull @MinDuration(value = 100, unit = TimeUnit.MILLISECONDS)
        Duration connectTimeout,

        @JsonProperty @NotNull @MinDuration(value = 1, unit = TimeUnit.SECONDS)
        Duration statementTimeout,

        @JsonProperty @NotNull @MinDuration(value = 1, unit = TimeUnit.SECONDS)
        Duration idleInTransactionTimeout) {

    private static final String EMBEDDED = "embedded:";
    private static final int CONNECTIONS = 20;

    @JsonCreator
    static DatabaseConfiguration withDefaults(
            @Nullable String url,
            @Nullable String user,
            @Nullable String password,
            @Nullable Integer connections,
            @Nullable Duration connectTimeout,
            @Nullable Duration statementTimeout,
            @Nullable Duration idleInTransactionTimeout) {
        return new DatabaseConfiguration(
                Objects.requireNonNullElse(url, EMBEDDED),
                Objects.requireNonNullElse(user, ""),
                Objects.requireNonNullElse(password, ""),
                Objects.requireNonNullElse(connections, CONNECTIONS),
                Objects.requireNonNullElse(connectTimeout, Duration.seconds(5)),
                Objects.requireNonNullElse(statementTimeout, Duration.seconds(10)),
                Objects.requireNonNullElse(idleInTransactionTimeout, Duration.seconds(5)));
    }

    /** The embedded Postgres in the data folder, with all defaults. */
    public static DatabaseConfiguration embedded() {
        return withDefaults(null, null, null, null, null, null, null);
    }

    /** All defaults, for a certain database. */
    public static DatabaseConfiguration of(DatabaseAddress address) {
        return withDefaults(address.url(), address.user(), address.password(), null, null, null, null);
    }

    /** The folder of the embedded Postgres; empty for an external one. */
    Optional<Path> embeddedFolder(DataFolders folders) {
        if (!url.startsWith(EMBEDDED)) {
            return Optional.empty();
        }
        String folder = url.substring(EMBEDDED.length());
        return Optional.of(
                folder.isEmpty()
                        ? folders.dataFolder().resolve("postgres")
                        : folders.base().resolve(folder));
    }

    DatabaseAddress externalAddress() {
        return new DatabaseAddress(url, user, password);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return user + " at " + url;
    }
}
