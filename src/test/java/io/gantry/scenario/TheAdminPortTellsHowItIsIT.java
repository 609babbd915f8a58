package io.gantry.scenario;

import static io.gantry.scenario.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TheAdminPortTellsHowItIsIT {

    @RegisterExtension
    static final GantryExtension gantry = GantryExtension.started();

    private final GantryClient client = gantry.client();

    @Test
    void it_is_ready_and_healthy_once_the_engine_has_answered() {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(get("/ready").statusCode()).isEqualTo(200));

        assertThat(get("/ready").body()).isEqualTo("{\"ready\":true,\"reasons\":{}}");
        assertThat(get("/ready").headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(get("/healthcheck").body()).contains("\"database\"", "\"engine\"", "\"queue\"");
        assertThat(get("/healthcheck").statusCode()).isEqualTo(200);
    }

    @Test
    void a_run_is_counted_with_its_log_and_the_calls_that_it_took() {
        client.awaitEnd(client.create(aTask().command("echo hello")));

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(get("/metrics").body().lines())
                        .contains(
                                "gantry_runs_ended_total{failure=\"\",status=\"succeeded\"} 1.0",
                                "gantry_queue_wait_seconds_count 1",
                                "gantry_run_duration_seconds_count{status=\"succeeded\"} 1",
                                "gantry_log_bytes_total 6.0",
                                "gantry_runs_running 0.0",
                                "gantry_queue_length 0.0",
                                "gantry_tasks 1.0",
                                "gantry_database_up 1.0"));
        assertThat(get("/metrics").body())
                .contains("gantry_engine_call_duration_seconds_count{answer=\"answered\",call=\"create\"} 1\n")
                .contains("gantry_http_responses_total{status=\"2xx\"}")
                .contains("gantry_http_request_duration_seconds{quantile=\"0.99\"}")
                .contains("gantry_database_connections{state=\"active\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/tasks/gc", "/tasks/log-level?logger=io.gantry&level=OFF", "/tasks", "/tasks/"})
    void what_changes_the_process_is_for_nobody(String path) {
        assertThat(send("POST", path).statusCode()).isEqualTo(404);
        assertThat(send("POST", path).body()).contains("\"not-found\"");
        assertThat(get("/pprof").statusCode()).isEqualTo(404);
    }

    private static HttpResponse<String> get(String path) {
        return send("GET", path);
    }

    private static HttpResponse<String> send(String method, String path) {
        URI uri = gantry.adminUrl().resolve(path);
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(uri)
                                    .method(method, HttpRequest.BodyPublishers.noBody())
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
