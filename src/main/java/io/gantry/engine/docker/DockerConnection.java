package io.gantry.engine.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import io.gantry.engine.EngineCalls;
import io.gantry.engine.EngineRefused;
import io.gantry.engine.EngineUnavailable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The way to the engine: asks it under a deadline, in an API version that both speak, and tells apart an engine that said
 * no from one that can't be asked. Connects when first asked, and agrees on the version anew after every failure, since
 * the engine may have been upgraded meanwhile.
 */
final class DockerConnection implements AutoCloseable {

    private static final int NO_CONTENT = 204;

    private final DockerHost host;
    private final DockerTransport transport;
    private final Deadlines deadlines = new Deadlines();
    private final EngineCalls calls;
    private final ObjectMapper json = new ObjectMapper();
    private volatile @Nullable Agreed agreed;

    DockerConnection(DockerHost host, EngineCalls calls) {
        this.host = host;
        this.transport = new DockerTransport(host);
        this.calls = calls;
    }

    /** What a connection is once the version is agreed on. */
    record Agreed(ApiVersion version, DockerClient client) {}

    DockerHost host() {
        return host;
    }

    Deadlines deadlines() {
        return deadlines;
    }

    /** Asks by a command of docker-java. */
    <T> T ask(String call, Duration atMost, Function<DockerClient, T> question) {
        return asking(call, atMost, () -> question.apply(agree().client()));
    }

    /** Begins an answer that is a stream; the deadline is for its beginning. */
    Response open(String call, Duration atMost, String method, String path) {
        return open(call, atMost, method, path, Map.of());
    }

    /** The same with headers of its own. */
    Response open(String call, Duration atMost, String method, String path, Map<String, String> headers) {
        return asking(call, atMost, () -> successful(transport.stream(request(method, path, headers))));
    }

    /** Reads a whole answer that docker-java has no command for. */
    <T> T read(String call, Duration atMost, String method, String path, Function<Response, T> reader) {
        return asking(call, atMost, () -> {
            try (Response response = successful(transport.execute(request(method, path)))) {
                return reader.apply(response);
            }
        });
    }

    /**
     * Tells the engine to do something. That it is done is said by the status 204 and by no other, since some page of some
     * proxy may come with 200.
     *
     * @param notDone judges an answer that says no
     */
    <T> T tell(String call, Duration atMost, String method, String path, T done, Function<DockerException, T> notDone) {
        return asking(call, atMost, () -> {
            try (Response response = successful(transport.execute(request(method, path)))) {
                if (response.getStatusCode() != NO_CONTENT) {
                    throw new EngineUnavailable("the engine answered '" + call + "' in a way that makes no sense: "
                            + response.getStatusCode());
                }
                return done;
            } catch (DockerException e) {
                return notDone.apply(e);
            }
        });
    }

    private Request request(String method, String path) {
        return request(method, path, Map.of());
    }

    private Request request(String method, String path, Map<String, String> headers) {
        return Request.builder()
                .putAllHeaders(headers)
                .method(method)
                .path("/v" + agree().version() + path)
                .build();
    }

    /** What was agreed on with the engine, which is asked if need be. */
    Agreed agree(Duration atMost) {
        Agreed known = agreed;
        return known == null ? asking("version", atMost, this::agree) : known;
    }

    private <T> T asking(String call, Duration atMost, Supplier<T> question) {
        long begun = System.nanoTime();
        EngineCalls.Answer answer = EngineCalls.Answer.ANSWERED;
        try {
            return deadlines.within(atMost, call, question);
        } catch (RuntimeException e) {
            RuntimeException failure = Failures.translate(e);
            answer = after(failure);
            throw failure;
        } finally {
            calls.finished(call, Duration.ofNanos(System.nanoTime() - begun), answer);
        }
    }

    private EngineCalls.Answer after(RuntimeException failure) {
        if (failure instanceof EngineRefused) {
            return EngineCalls.Answer.REFUSED;
        }
        agreed = null;
        return EngineCalls.Answer.UNAVAILABLE;
    }

    private Agreed agree() {
        Agreed known = agreed;
        if (known != null) {
            return known;
        }
        ApiVersion version = negotiate();
        Agreed fresh = new Agreed(version, DockerClientImpl.getInstance(new PinnedConfig(host, version), transport));
        agreed = fresh;
        return fresh;
    }

    /** By the one path that every engine answers without a version in front. */
    private ApiVersion negotiate() {
        JsonNode answer;
        Request question = Request.builder().method("GET").path("/version").build();
        try (Response response = successful(transport.execute(question))) {
            answer = json.readTree(response.getBody());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            return choose(
                    ApiVersion.parse(answer.path("ApiVersion").asText("")),
                    Optional.of(answer.path("MinAPIVersion").asText(""))
                            .filter(least -> !least.isEmpty())
                            .map(ApiVersion::parse)
                            .orElse(ApiVersion.OLDEST));
        } catch (IllegalArgumentException e) {
            throw new EngineUnavailable("what answers at " + host + " is no container engine", e);
        }
    }

    private static ApiVersion choose(ApiVersion most, ApiVersion least) {
        if (most.compareTo(ApiVersion.OLDEST) < 0 || least.compareTo(ApiVersion.NEWEST) > 0) {
            throw new EngineUnavailable("the engine speaks API versions " + least + " to " + most
                    + "; needed is one from " + ApiVersion.OLDEST + " to " + ApiVersion.NEWEST);
        }
        return most.min(ApiVersion.NEWEST);
    }

    private static Response successful(Response response) {
        int status = response.getStatusCode();
        if (status >= 200 && status < 300) {
            return response;
        }
        try (response) {
            String body = new String(response.getBody().readAllBytes(), StandardCharsets.UTF_8);
            throw new DockerException(body, status);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        deadlines.close();
        try {
            transport.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
