package io.gantry.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.codahale.metrics.MetricRegistry;
import io.gantry.database.Database;
import io.gantry.database.TestDatabase;
import io.gantry.engine.EngineCalls;
import io.gantry.run.RunId;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MetricsIT {

    @RegisterExtension
    static final TestDatabase db = TestDatabase.migrated();

    private final MetricRegistry http = new MetricRegistry();
    private final Database database = db.database();
    private final Metrics metrics = new Metrics(database, http);
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);

    @BeforeEach
    void serve() throws Exception {
        db.empty();
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler();
        context.addServlet(new ServletHolder(metrics.servlet()), "/metrics");
        server.setHandler(context);
        server.start();
    }

    @AfterEach
    void close() throws Exception {
        server.stop();
        metrics.close();
    }

    @Test
    void the_queue_is_as_the_database_has_it() throws Exception {
        database.useTransaction(handle -> {
            run(handle, 1, "queued", "clock_timestamp() - interval '90 s'", "null", "null", "null");
            run(handle, 2, "queued", "clock_timestamp() - interval '30 s'", "null", "null", "null");
            run(handle, 3, "running", "clock_timestamp() - interval '99 s'", "clock_timestamp()", "null", "null");
            handle.execute("update ledger set tasks = 3");
        });

        List<String> scraped = scrape();

        assertThat(scraped).contains("gantry_queue_length 2.0", "gantry_runs_running 1.0", "gantry_tasks 3.0");
        assertThat(value(scraped, "gantry_queue_oldest_age_seconds").orElseThrow())
                .isBetween(90.0, 120.0);
        assertThat(scraped).contains("gantry_database_up 1.0");
    }

    @Test
    void an_empty_queue_has_no_oldest_run() throws Exception {
        assertThat(scrape()).contains("gantry_queue_length 0.0", "gantry_queue_oldest_age_seconds 0.0");
    }

    @Test
    void runs_that_ended_are_counted_by_outcome_with_their_wait_and_duration() throws Exception {
        RunId succeeded = database.inTransaction(handle -> run(
                handle,
                1,
                "succeeded",
                "'2026-01-01T00:00:00Z'",
                "'2026-01-01T00:00:03Z'",
                "'2026-01-01T00:00:10Z'",
                "null"));
        RunId failed = database.inTransaction(handle -> run(
                handle,
                2,
                "failed",
                "'2026-01-01T00:01:00Z'",
                "'2026-01-01T00:01:01Z'",
                "'2026-01-01T00:01:02Z'",
                "'exit-code'"));
        RunId withdrawn = database.inTransaction(handle ->
                run(handle, 3, "cancelled", "'2026-01-01T00:02:00Z'", "null", "'2026-01-01T00:02:02Z'", "null"));

        List.of(succeeded, failed, withdrawn).forEach(metrics::ended);

        await().untilAsserted(() -> assertThat(scrape())
                .contains(
                        "gantry_runs_ended_total{failure=\"\",status=\"succeeded\"} 1.0",
                        "gantry_runs_ended_total{failure=\"exit-code\",status=\"failed\"} 1.0",
                        "gantry_runs_ended_total{failure=\"\",status=\"cancelled\"} 1.0",
                        "gantry_queue_wait_seconds_count 2",
                        "gantry_queue_wait_seconds_sum 4.0",
                        "gantry_run_duration_seconds_sum{status=\"succeeded\"} 7.0"));
    }

    @Test
    void log_bytes_and_engine_calls_are_counted() throws Exception {
        metrics.storedLog(1000);
        metrics.storedLog(24);
        metrics.engineCalled("create", Duration.ofMillis(250), EngineCalls.Answer.ANSWERED);
        metrics.engineCalled("create", Duration.ofSeconds(10), EngineCalls.Answer.UNAVAILABLE);

        assertThat(scrape())
                .contains(
                        "gantry_log_bytes_total 1024.0",
                        "gantry_engine_call_duration_seconds_sum{answer=\"answered\",call=\"create\"} 0.25",
                        "gantry_engine_call_duration_seconds_count{answer=\"unavailable\",call=\"create\"} 1");
    }

    @Test
    void http_traffic_the_pool_and_the_jvm_are_measured() throws Exception {
        String prefix = "io.dropwizard.jetty.MutableServletContextHandler.";
        http.meter(prefix + "2xx-responses").mark(5);
        http.timer(prefix + "requests").update(Duration.ofMillis(100));
        http.gauge("io.dropwizard.db.ManagedPooledDataSource.database.active", () -> () -> 3);

        List<String> scraped = scrape();

        assertThat(scraped)
                .contains(
                        "gantry_http_responses_total{status=\"2xx\"} 5.0",
                        "gantry_http_request_duration_seconds{quantile=\"0.5\"} 0.1",
                        "gantry_database_connections{state=\"active\"} 3.0");
        assertThat(value(scraped, "jvm_threads_current")).isPresent();
    }

    @Test
    void without_the_database_the_queue_is_missing_and_the_rest_is_there() throws Exception {
        metrics.storedLog(1);
        try (Connection lock = db.connect()) {
            lock.setAutoCommit(false);
            lock.createStatement().execute("lock table runs in access exclusive mode");

            List<String> scraped = scrape();

            assertThat(scraped).contains("gantry_database_up 0.0", "gantry_log_bytes_total 1.0");
            assertThat(value(scraped, "gantry_queue_length")).isEmpty();
            lock.rollback();
        }
    }

    private List<String> scrape() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/metrics"))
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body().lines().toList();
    }

    private static Optional<Double> value(List<String> scraped, String name) {
        return scraped.stream()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> Double.valueOf(line.substring(name.length() + 1)))
                .findFirst();
    }

    private static RunId run(
            Handle handle,
            long position,
            String status,
            String queued,
            String claimed,
            String finished,
            String failure) {
        UUID task = UUID.randomUUID();
        UUID run = UUID.randomUUID();
        handle.execute("""
                insert into tasks (id, title, spec, latest_run_id, created_at, updated_at)
                values (?, 'a task', '{"image": "busybox", "command": "true"}', ?, clock_timestamp(), clock_timestamp())""", task, run);
        handle.execute(
                "insert into runs (id, task_id, position, trigger, status, spec, queued_at, claimed_at, finished_at,"
                        + " failure_code, failure_detail) values (?, ?, ?, 'create', ?,"
                        + " '{\"image\": \"busybox\", \"command\": \"true\", \"environment\": {}, \"stopGracePeriod\": \"PT10S\"}',"
                        + " " + queued + ", " + claimed + ", " + finished + ", " + failure + ", " + failure + ")",
                run,
                task,
                position,
                status);
        return new RunId(run);
    }
}
