package io.gantry.scenario;

import static io.gantry.scenario.ClientRequest.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gantry.contract.Exchange;
import io.gantry.contract.Exchange.Content;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;

/** A client of the service. Every exchange is held against {@code openapi.yaml}. May be used from any thread. */
public final class GantryClient {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Set<String> ENDED = Set.of("succeeded", "failed", "timed-out", "cancelled");

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final Supplier<URI> base;
    private final Consumer<Exchange> contract;
    private final Optional<String> token;

    GantryClient(Supplier<URI> base, Consumer<Exchange> contract) {
        this(base, contract, Optional.empty());
    }

    private GantryClient(Supplier<URI> base, Consumer<Exchange> contract, Optional<String> token) {
        this.base = base;
        this.contract = contract;
        this.token = token;
    }

    /** The same one, with a bearer token. */
    public GantryClient as(String bearer) {
        return new GantryClient(base, contract, Optional.of(bearer));
    }

    public Answer get(String target) {
        return send(request("GET", target));
    }

    public Answer post(TaskBuilder task) {
        return post("/tasks", task.toJson());
    }

    public Answer post(String target, JsonNode body) {
        return send(request("POST", target).body(body));
    }

    /** Without a body. */
    public Answer post(String target) {
        return send(request("POST", target));
    }

    public Answer delete(String target) {
        return send(request("DELETE", target));
    }

    public Answer send(ClientRequest request) {
        URI uri = base.get().resolve(request.target());
        HttpRequest.Builder builder = HttpRequest.newBuilder(uri)
                .timeout(PATIENCE)
                .method(
                        request.method(),
                        request.body().length == 0
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofByteArray(request.body()));
        token.ifPresent(bearer -> builder.header("Authorization", "Bearer " + bearer));
        request.headers().forEach(builder::header);
        HttpResponse<byte[]> response = exchange(builder.build());
        Answer answer = new Answer(response.statusCode(), lowerCase(response), decoded(response));
        contract.accept(new Exchange(
                request.method(),
                uri,
                Content.of(request.contentType(), request.body()),
                answer.status(),
                answer.headers(),
                Content.of(answer.header("Content-Type"), answer.body())));
        return answer;
    }

    /** Creates a task that must be accepted, and gives its id. */
    public String create(TaskBuilder task) {
        Answer answer = post(task);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return answer.id();
    }

    public Answer task(String id) {
        return get("/tasks/" + id);
    }

    public Answer run(String id) {
        return get("/runs/" + id);
    }

    public String latestRunOf(String task) {
        return task(task).attribute("lastRun.id").asText();
    }

    /** Changes attributes of a task: {@code change(task, Map.of("title", "Other"))}. */
    public Answer change(String task, Map<String, ?> attributes) {
        return send(request("PATCH", "/tasks/" + task).body(update(task, attributes)));
    }

    public JsonNode update(String task, Map<String, ?> attributes) {
        return new JsonMapper()
                .valueToTree(Map.of("data", Map.of("type", "tasks", "id", task, "attributes", attributes)));
    }

    public Answer runAgain(String task) {
        return post("/tasks/" + task + "/runs");
    }

    public Answer cancelRun(String run) {
        return post("/runs/" + run + "/cancel");
    }

    public Answer cancelTask(String task) {
        return post("/tasks/" + task + "/cancel");
    }

    /** Waits until the task's latest run has ended, and gives that run. */
    public Answer awaitEnd(String task) {
        return awaitEnd(task, PATIENCE);
    }

    /** The same, with so much patience. */
    public Answer awaitEnd(String task, Duration atMost) {
        return await().atMost(atMost)
                .pollDelay(Duration.ZERO)
                .until(
                        () -> onceOver(latestRunOf(task)),
                        run -> ENDED.contains(run.attribute("status").asText()));
    }

    /** A run when it is over, or after some seconds as it is then. */
    private Answer onceOver(String run) {
        return send(request("GET", "/runs/" + run).header("Prefer", "wait=5"));
    }

    /** Waits until the container of the task's latest run is started, and gives that run. */
    public Answer awaitStart(String task) {
        return awaitRun(task, run -> !run.attribute("startedAt").isNull());
    }

    /** Waits until the task's latest run is in this state, and gives that run. */
    public Answer awaitStatus(String task, String status) {
        return awaitRun(task, run -> run.attribute("status").asText().equals(status));
    }

    public Answer awaitRun(String task, Predicate<Answer> condition) {
        return await().atMost(PATIENCE).until(() -> run(latestRunOf(task)), condition);
    }

    /** The whole log of a run. */
    public byte[] log(String run) {
        return plainText("/runs/" + run + "/logs").body();
    }

    /** What a run wrote to {@code stdout} or {@code stderr}. */
    public String log(String run, String stream) {
        return plainText("/runs/" + run + "/logs?stream=" + stream).text();
    }

    /** The whole log of a task's latest run, as text. */
    public String logOfTask(String task) {
        return plainText("/tasks/" + task + "/logs").text();
    }

    private Answer plainText(String target) {
        Answer answer = send(request("GET", target).header("Accept", "text/plain"));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer;
    }

    private HttpResponse<byte[]> exchange(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static byte[] decoded(HttpResponse<byte[]> response) {
        boolean gzip = response.headers().firstValue("Content-Encoding").equals(Optional.of("gzip"));
        if (!gzip || response.body().length == 0) {
            return response.body();
        }
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, List<String>> lowerCase(HttpResponse<?> response) {
        Map<String, List<String>> headers = new TreeMap<>();
        response.headers().map().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
        return headers;
    }
}
