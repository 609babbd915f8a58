package io.gantry.engine.docker;

import com.github.dockerjava.api.model.Info;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import io.gantry.engine.EngineIdentity;
import io.gantry.engine.EngineIdentity.LiveRestore;
import io.gantry.engine.EngineUnavailable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Asks the engine who it is. The full answer makes the engine run its own tools and costs some tens of milliseconds, so as
 * long as no call has failed since, a ping confirms it for a while.
 */
final class Identification {

    private static final Duration CONFIRMED_BY_PING = Duration.ofMinutes(1);

    private final DockerConnection connection;
    private final Duration timeout;
    private volatile @Nullable Known known;

    Identification(DockerConnection connection, Duration timeout) {
        this.connection = connection;
        this.timeout = timeout;
    }

    /** @param over the agreement that it was asked over; a new one means that a call has failed meanwhile */
    private record Known(EngineIdentity identity, DockerConnection.Agreed over, long nanoTime) {}

    EngineIdentity identify() {
        DockerConnection.Agreed agreed = connection.agree(timeout);
        Known last = known;
        if (last != null
                && last.over().equals(agreed)
                && System.nanoTime() - last.nanoTime() < CONFIRMED_BY_PING.toNanos()) {
            connection.read("ping", timeout, "GET", "/_ping", Identification::requireOk);
            return last.identity();
        }
        EngineIdentity identity = info(info -> identityOf(info, agreed.version()));
        known = new Known(identity, agreed, System.nanoTime());
        return identity;
    }

    private static boolean requireOk(Response response) {
        try {
            if (new String(response.getBody().readNBytes(2), StandardCharsets.US_ASCII).equals("OK")) {
                return true;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new EngineUnavailable("the engine's answer to a ping makes no sense");
    }

    Instant now() {
        return info(Identification::timeOf);
    }

    private <T> T info(Function<Info, T> wanted) {
        return connection.ask(
                "info", timeout, client -> wanted.apply(client.infoCmd().exec()));
    }

    private static Instant timeOf(Info info) {
        try {
            return OffsetDateTime.parse(String.valueOf(info.getSystemTime())).toInstant();
        } catch (DateTimeParseException e) {
            throw new EngineUnavailable("the engine doesn't say what time it is");
        }
    }

    private static EngineIdentity identityOf(Info info, ApiVersion version) {
        boolean liveRestore = Boolean.TRUE.equals(info.getRawValues().get("LiveRestoreEnabled"));
        return new EngineIdentity(
                idOf(info),
                Optional.ofNullable(info.getServerVersion()).orElse("unknown"),
                version.toString(),
                liveRestore ? LiveRestore.ON : LiveRestore.OFF);
    }

    /**
     * The engine's id alone isn't unique: machines that were cloned with an engine have the same, and up to 20.10 so have
     * all engines of one machine. Their hosts' names or their data folders differ.
     */
    private static String idOf(Info info) {
        String id = info.getId();
        if (id == null || id.isEmpty() || info.getName() == null || info.getDockerRootDir() == null) {
            throw new EngineUnavailable("the engine doesn't say who it is");
        }
        return Stream.of(id, info.getName(), info.getDockerRootDir())
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "));
    }
}
