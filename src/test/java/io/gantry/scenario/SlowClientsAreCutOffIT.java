package io.gantry.scenario;

import static io.gantry.scenario.GantrySettings.aGantry;
import static io.gantry.scenario.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SlowClientsAreCutOffIT {

    private static final String HOST = "Host: localhost\r\n";
    /** More than the system holds for a client that doesn't read. */
    private static final String LARGE = "/documentation/swagger-ui-bundle.js";

    private static final Duration OFTEN = Duration.ofMillis(40);

    @RegisterExtension
    static final GantryExtension gantry = GantryExtension.with(aGantry()
            .with("clients.headTime", "500ms")
            .with("clients.bodyTime", "500ms")
            .with("clients.readTime", "800ms"));

    private static void assertSoon(long startedAt) {
        assertThat(Duration.ofNanos(System.nanoTime() - startedAt)).isLessThan(Duration.ofSeconds(3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /tasks HTTP/1.1\r\nHost: localhost\r\nX-Slow: ", "GET /", "\r\n\r\n"})
    void a_head_that_does_not_end(String begin) throws IOException {
        long startedAt = System.nanoTime();
        try (SlowClient client = SlowClient.at(gantry.url())) {
            client.send(begin);
            client.trickle("X", OFTEN);
            assertThat(client.readToTheEnd()).isEmpty();
        }
        assertSoon(startedAt);
    }

    @Test
    void a_connection_that_never_says_anything() throws IOException {
        long startedAt = System.nanoTime();
        try (SlowClient client = SlowClient.at(gantry.adminUrl())) {
            assertThat(client.readToTheEnd()).isEmpty();
        }
        assertSoon(startedAt);
    }

    @Test
    void a_second_head_that_does_not_end() throws IOException {
        long startedAt = System.nanoTime();
        try (SlowClient client = SlowClient.at(gantry.url())) {
            client.send("HEAD /tasks HTTP/1.1\r\n" + HOST + "\r\n");
            assertThat(client.readHead()).startsWith("HTTP/1.1 200");
            client.trickle("GET /tasks HTTP/1.1\r\nX-Slow: x", OFTEN);
            assertThat(client.readToTheEnd()).isEmpty();
        }
        assertSoon(startedAt);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 100000", "Transfer-Encoding: chunked"})
    void a_body_that_does_not_end_is_a_timeout(String length) throws IOException {
        long startedAt = System.nanoTime();
        try (SlowClient client = SlowClient.at(gantry.url())) {
            client.send("POST /tasks HTTP/1.1\r\n" + HOST + "Content-Type: application/json\r\n" + length + "\r\n\r\n");
            client.trickle("10000\r\n          ", OFTEN);
            assertThat(client.readToTheEnd())
                    .startsWith("HTTP/1.1 408")
                    .contains("\r\nConnection: close\r\n", "\"request-timeout\"");
        }
        assertSoon(startedAt);
    }

    @Test
    void an_answer_that_is_not_read() throws IOException {
        try (SlowClient client = SlowClient.at(gantry.url())) {
            client.send("GET " + LARGE + " HTTP/1.1\r\n" + HOST + "\r\n");
            long startedAt = System.nanoTime();
            await().atMost(Duration.ofSeconds(5)).until(client.trickleUntilGone("GET / HTTP/1.1", OFTEN)::isDone);
            assertSoon(startedAt);
        }
    }

    @Test
    void but_not_one_that_is_read_slowly() throws IOException {
        int length = AdminClient.get(gantry.url().resolve(LARGE)).body().length;
        long startedAt = System.nanoTime();
        try (SlowClient client = SlowClient.at(gantry.url())) {
            // HTTP/1.0 knows no chunks, which would be counted.
            client.send("GET " + LARGE + " HTTP/1.0\r\n" + HOST + "\r\n");
            assertThat(client.readHead()).startsWith("HTTP/1.1 200");
            assertThat(client.readSlowly(32 * 1024, Duration.ofMillis(50))).isEqualTo(length);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - startedAt)).isGreaterThan(Duration.ofMillis(1600));
    }

    @Test
    void nor_one_that_waits_for_the_end_of_a_run() {
        Answer answer = gantry.client()
                .send(ClientRequest.request("POST", "/tasks")
                        .header("Prefer", "wait=20")
                        .body(aTask().command("sleep 1").toJson()));
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().at("/data/attributes/status").asText()).isEqualTo("succeeded");
    }

    @Test
    void nor_one_that_comes_back_after_a_while() throws Exception {
        try (SlowClient client = SlowClient.at(gantry.url())) {
            for (int i = 0; i < 2; i++) {
                client.send("HEAD /tasks HTTP/1.1\r\n" + HOST + "\r\n");
                assertThat(client.readHead()).startsWith("HTTP/1.1 200");
                await().pollDelay(Duration.ofMillis(700)).until(() -> true);
            }
        }
    }
}
