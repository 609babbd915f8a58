package io.gantry.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dropwizard.core.Application;
import io.dropwizard.core.Configuration;
import io.dropwizard.testing.ConfigOverride;
import io.dropwizard.testing.DropwizardTestSupport;
import io.dropwizard.testing.ResourceHelpers;
import io.gantry.contract.ContractCoverage;
import io.gantry.contract.Exchange;
import io.gantry.contract.OpenApiContract;
import io.gantry.contract.OpenApiDocument;
import io.gantry.database.TestDatabase;
import io.gantry.run.Outcome;
import io.gantry.run.Owner;
import io.gantry.run.Run;
import io.gantry.run.RunEvent;
import io.gantry.run.RunStore;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The API on an empty database, and a client that holds every answer against {@code openapi.yaml}. */
final class Api implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final OpenApiDocument DOCUMENT = OpenApiDocument.ofProject();

    private final TestDatabase db = TestDatabase.migrated();
    private final ConfigOverride[] overrides;
    private final HttpClient client = HttpClient.newHttpClient();
    private final OpenApiContract contract = new OpenApiContract(
            DOCUMENT, new ContractCoverage(DOCUMENT, Path.of("target", "contract-coverage-api.txt")));

    private Optional<ApiApplication> application = Optional.empty();
    private Optional<DropwizardTestSupport<Configuration>> support = Optional.empty();

    /** The overrides are pairs of a setting of Dropwizard's and its value. */
    Api(ConfigOverride... overrides) {
        this.overrides = overrides;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        if (context.getRequiredTestClass().isMemberClass()) {
            return;
        }
        db.beforeAll(context);
        ApiApplication started = new ApiApplication(db.database());
        DropwizardTestSupport<Configuration> server =
                new DropwizardTestSupport<>(
                        ApiApplication.class, ResourceHelpers.resourceFilePath("io/gantry/api/api.yml"), overrides) {
                    @Override
                    public Application<Configuration> newApplication() {
                        return started;
                    }
                };
        server.before();
        application = Optional.of(started);
        support = Optional.of(server);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        db.jdbi()
                .useHandle(
                        handle -> handle.execute(
                                "delete from tasks; delete from orphaned_logs; delete from idempotency_keys; update ledger set tasks = 0"));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (context.getRequiredTestClass().isMemberClass()) {
            return;
        }
        application().ends().stop();
        support.orElseThrow().after();
        db.afterAll(context);
    }

    ApiApplication application() {
        return application.orElseThrow();
    }

    String url(String path) {
        return "http://127.0.0.1:" + support.orElseThrow().getLocalPort() + path;
    }

    /** An answer, found to be as the contract says. */
    record Answer(HttpResponse<String> response, JsonNode json) {

        int status() {
            return response.statusCode();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        JsonNode at(String pointer) {
            return json.at(pointer);
        }

        String text(String pointer) {
            return json.at(pointer).asText();
        }

        String id() {
            return text("/data/id");
        }

        String code() {
            return text("/errors/0/code");
        }
    }

    Answer get(String path, String... headers) {
        return send("GET", path, "", headers);
    }

    Answer post(String path, String body, String... headers) {
        return send("POST", path, body, headers);
    }

    Answer delete(String path, String... headers) {
        return send("DELETE", path, "", headers);
    }

    Answer patch(String taskId, String attributes, String... headers) {
        String body = "{'data': {'type': 'tasks', 'id': '" + taskId + "', 'attributes': {" + attributes + "}}}";
        return send("PATCH", "/tasks/" + taskId, body, headers);
    }

    /** Creates a task with these attributes besides a title, an image and a command. */
    Answer createTask(String title, String... headers) {
        return post(
                "/tasks",
                "{'data': {'attributes': {'title': '" + title + "', 'image': 'busybox', 'command': 'true'}}}",
                headers);
    }

    /** Sends JSON in single quotes. A path may be a whole URL. */
    Answer send(String method, String path, String body, String... headers) {
        return sendAsync(method, path, body, headers).join();
    }

    CompletableFuture<Answer> sendAsync(String method, String path, String body, String... headers) {
        byte[] bytes = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        URI uri = URI.create(
                path.startsWith("http") ? path : url(path.replace("[", "%5B").replace("]", "%5D")));
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.ofByteArray(bytes));
        if (bytes.length > 0) {
            request.header("Content-Type", "application/vnd.api+json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
                .thenApply(response -> checked(method, bytes, response));
    }

    private Answer checked(String method, byte[] body, HttpResponse<String> response) {
        contract.check(new Exchange(
                method,
                response.uri(),
                Exchange.Content.of(response.request().headers().firstValue("Content-Type"), body),
                response.statusCode(),
                response.headers().map(),
                Exchange.Content.of(
                        response.headers().firstValue("Content-Type"),
                        response.body().getBytes(StandardCharsets.UTF_8))));
        try {
            return new Answer(response, JSON.readTree(response.body().isEmpty() ? "null" : response.body()));
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + response.body(), e);
        }
    }

    /** Gives the first in line a slot. */
    Run claim() {
        return application()
                .queue()
                .claimNext(new Owner("node", UUID.randomUUID()))
                .orElseThrow();
    }

    void end(Run running, Outcome outcome) {
        Run ended = running.on(new RunEvent.Ended(outcome, Instant.parse("2026-01-01T00:00:00Z"), true));
        boolean saved = db.database().inTransaction(handle -> new RunStore().save(handle, running, ended));
        if (!saved) {
            throw new AssertionError("not saved: " + ended);
        }
    }

    /** The next attempt at what has failed joins the line. */
    void retry(Run failed) {
        db.jdbi().useHandle(handle -> handle.execute("update runs set retry_at = clock_timestamp() - interval '1 s'"));
        application().retries().retry(failed.id());
    }

    /** The first in line gets a slot and ends. */
    void execute(Outcome outcome) {
        end(claim(), outcome);
    }
}
