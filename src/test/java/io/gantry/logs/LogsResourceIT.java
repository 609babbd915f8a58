package io.gantry.logs;

import static io.gantry.engine.OutputStreamName.STDERR;
import static io.gantry.engine.OutputStreamName.STDOUT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dropwizard.core.Application;
import io.dropwizard.core.Configuration;
import io.dropwizard.testing.DropwizardTestSupport;
import io.dropwizard.testing.ResourceHelpers;
import io.gantry.database.TestDatabase;
import io.gantry.engine.OutputStreamName;
import io.gantry.logs.LogWriter.Flushed;
import io.gantry.run.RunId;
import io.gantry.task.TaskId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogsResourceIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00.123456Z");

    @RegisterExtension
    static final TestDatabase db = TestDatabase.migrated();

    private static final DropwizardTestSupport<Configuration> APP =
            new DropwizardTestSupport<>(
                    LogsApplication.class, ResourceHelpers.resourceFilePath("io/gantry/logs/logs.yml")) {
                @Override
                public Application<Configuration> newApplication() {
                    return new LogsApplication(db);
                }
            };

    private final HttpClient http = HttpClient.newHttpClient();
    private final TestRuns runs = new TestRuns(db.database());
    private final TaskId task = TaskId.random();

    @BeforeAll
    static void start() throws Exception {
        APP.before();
    }

    @AfterAll
    static void stop() {
        APP.after();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + APP.getLocalPort() + path))
                .timeout(SOON);
    }

    private HttpResponse<byte[]> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path);
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), UTF_8);
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("none");
    }

    /** A running run with a log of alternating streams, the first piece to stdout. */
    private RunId runThatWrote(byte[]... pieces) {
        RunId run = runs.running(task);
        Logs logs = new Logs(db.database(), LogsConfiguration.defaults(), () -> NOW, bytes -> {});
        try (LogWriter writer = logs.open(run, 1).orElseThrow()) {
            for (int i = 0; i < pieces.length; i++) {
                OutputStreamName stream = i % 2 == 0 ? STDOUT : STDERR;
                writer.output(stream, pieces[i], 0, pieces[i].length);
            }
            assertThat(writer.flush(SOON)).isEqualTo(Flushed.ALL);
        }
        return run;
    }

    private RunId runThatWrote(String... pieces) {
        return runThatWrote(
                Arrays.stream(pieces).map(piece -> piece.getBytes(UTF_8)).toArray(byte[][]::new));
    }

    private String logOf(RunId run) {
        return "/runs/" + run + "/logs";
    }

    @Test
    void a_log_is_the_bytes_that_were_written() throws IOException, InterruptedException {
        byte[] random = new byte[1_000_000];
        new Random(1).nextBytes(random);
        RunId run = runThatWrote(random);
        runs.end(run, true);

        HttpResponse<byte[]> answer = get(logOf(run));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(random);
        assertThat(header(answer, "Content-Type")).isEqualToIgnoringCase("text/plain;charset=utf-8");
        assertThat(header(answer, "Content-Length")).isEqualTo("1000000");
        assertThat(header(answer, "Accept-Ranges")).isEqualTo("bytes");
        assertThat(header(answer, "X-Log-Complete")).isEqualTo("true");
        assertThat(header(answer, "X-Log-Truncated")).isEqualTo("false");
        assertThat(header(answer, "Vary")).contains("Accept");
    }

    @Test
    void a_task_s_log_is_that_of_its_latest_run() throws IOException, InterruptedException {
        runThatWrote("hello\n");

        HttpResponse<byte[]> answer = get("/tasks/" + task + "/logs", "Accept", "text/*");

        assertThat(text(answer)).isEqualTo("hello\n");
        assertThat(header(answer, "X-Log-Complete")).as("while it runs").isEqualTo("none");
    }

    @Test
    void a_queued_run_has_an_empty_log() throws IOException, InterruptedException {
        RunId run = runs.queued(task);

        assertThat(get(logOf(run)).statusCode()).isEqualTo(200);
        assertThat(get(logOf(run)).body()).isEmpty();
        assertThat(header(get(logOf(run)), "Content-Length")).isEqualTo("0");
        assertThat(get(logOf(run), "Accept", "application/x-ndjson").body()).isEmpty();
        assertThat(get(logOf(run), "Range", "bytes=0-").statusCode()).isEqualTo(416);
    }

    @Test
    void HEAD_tells_what_GET_would() throws IOException, InterruptedException {
        RunId run = runThatWrote("hello\n");

        HttpResponse<byte[]> answer = send(request(logOf(run))
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .header("Range", "bytes=1-"));

        assertThat(answer.statusCode()).as("ranges are for GET").isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(header(answer, "Content-Length")).isEqualTo("6");
        assertThat(header(answer, "X-Log-Truncated")).isEqualTo("false");
    }

    @Nested
    class Ranges {

        private final RunId run = runThatWrote("hello ", "cruel ", "world\n");

        @Test
        void resume_where_a_download_broke_off() throws IOException, InterruptedException {
            HttpResponse<byte[]> answer = get(logOf(run), "Range", "bytes=8-");

            assertThat(answer.statusCode()).isEqualTo(206);
            assertThat(text(answer)).isEqualTo("uel world\n");
            assertThat(header(answer, "Content-Range")).isEqualTo("bytes 8-17/18");
            assertThat(header(answer, "Content-Length")).isEqualTo("10");
        }

        @Test
        void begin_and_end_anywhere() throws IOException, InterruptedException {
            assertThat(text(get(logOf(run), "Range", "bytes=4-6"))).isEqualTo("o c");
            assertThat(text(get(logOf(run), "Range", "bytes=-6"))).isEqualTo("world\n");
            assertThat(text(get(logOf(run), "Range", "bytes=0-999"))).isEqualTo("hello cruel world\n");
        }

        @Test
        void count_the_selected_bytes() throws IOException, InterruptedException {
            HttpResponse<byte[]> answer = get(logOf(run) + "?stream=stdout", "Range", "bytes=4-7");

            assertThat(text(answer)).isEqualTo("o wo");
            assertThat(header(answer, "Content-Range")).isEqualTo("bytes 4-7/12");
        }

        @Test
        void beyond_the_end_are_told_how_much_there_is() throws IOException, InterruptedException {
            HttpResponse<byte[]> answer = get(logOf(run), "Range", "bytes=18-");

            assertThat(answer.statusCode()).isEqualTo(416);
            assertThat(header(answer, "Content-Range")).isEqualTo("bytes */18");
            assertThat(header(answer, "Content-Type")).startsWith("application/vnd.api+json");
            assertThat(text(answer)).contains("range-not-satisfiable").contains("\"header\":\"Range\"");
        }

        @Test
        void of_other_kinds_get_the_whole() throws IOException, InterruptedException {
            assertThat(get(logOf(run), "Range", "bytes=0-1,4-5").statusCode()).isEqualTo(200);
            assertThat(get(logOf(run), "Range", "lines=0-1").statusCode()).isEqualTo(200);
            assertThat(get(logOf(run), "Range", "bytes=1-", "If-Range", "\"x\"").statusCode())
                    .isEqualTo(200);
            assertThat(get(logOf(run) + "?timestamps=true", "Range", "bytes=1-").statusCode())
                    .isEqualTo(200);
            assertThat(get(logOf(run), "Range", "bytes=1-", "Accept", "application/x-ndjson")
                            .statusCode())
                    .isEqualTo(200);
        }

        @Test
        void that_make_no_sense_are_refused() throws IOException, InterruptedException {
            HttpResponse<byte[]> answer = get(logOf(run), "Range", "bytes=5-3");

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(text(answer)).contains("invalid-header");
        }

        @Test
        void are_never_compressed() throws IOException, InterruptedException {
            byte[] log = "0123456789".repeat(10_000).getBytes(UTF_8);
            RunId large = new LogsResourceIT().runThatWrote(log);

            HttpResponse<byte[]> answer = get(logOf(large), "Range", "bytes=50000-", "Accept-Encoding", "gzip");

            assertThat(answer.statusCode()).isEqualTo(206);
            assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(log, 50_000, log.length));
        }
    }

    @Nested
    class Line_by_line {

        private List<JsonNode> lines(String path) throws IOException, InterruptedException {
            HttpResponse<byte[]> answer = get(path, "Accept", "application/x-ndjson");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(header(answer, "Content-Type")).isEqualTo("application/x-ndjson");
            List<JsonNode> lines = new ArrayList<>();
            for (String line : text(answer).lines().toList()) {
                lines.add(new ObjectMapper().readTree(line));
            }
            return lines;
        }

        @Test
        void each_is_an_object() throws IOException, InterruptedException {
            RunId run = runThatWrote("one\ntw", "error\n", "o\n\0<b>\"", "x");

            assertThat(lines(logOf(run)))
                    .map(JsonNode::toString)
                    .containsExactly(
                            line("stdout", 0, "one\\n"),
                            line("stderr", 6, "error\\n"),
                            line("stdout", 4, "two\\n"),
                            line("stdout", 14, "\\u0000<b>\\\""),
                            line("stderr", 19, "x"));
        }

        private String line(String stream, int offset, String text) {
            return "{\"stream\":\"%s\",\"at\":\"2026-01-31T12:00:00.123456Z\",\"offset\":%d,\"text\":\"%s\"}"
                    .formatted(stream, offset, text);
        }

        @Test
        void what_is_not_text_comes_in_base64() throws IOException, InterruptedException {
            RunId run = runThatWrote(new byte[] {(byte) 0xff, 0, '\n'});

            assertThat(lines(logOf(run))).singleElement().satisfies(line -> {
                assertThat(line.has("text")).isFalse();
                assertThat(line.get("bytes").binaryValue()).containsExactly(0xff, 0, '\n');
            });
        }

        @Test
        void the_last_ones_of_one_stream_can_be_asked_for() throws IOException, InterruptedException {
            RunId run = runThatWrote("1\n2\n", "e\n", "3\n");

            assertThat(lines(logOf(run) + "?tail=2&stream=stdout"))
                    .map(line -> line.get("text").asText())
                    .containsExactly("2\n", "3\n");
        }
    }

    @Test
    void timestamps_stand_before_each_line() throws IOException, InterruptedException {
        RunId run = runThatWrote("one\ntw", "error\n", "o\n");
        String at = "2026-01-31T12:00:00.123456Z ";

        assertThat(text(get(logOf(run) + "?timestamps=true"))).isEqualTo(at + "one\n" + at + "error\n" + at + "two\n");
    }

    @Test
    void lines_are_selected_by_time_and_number() throws IOException, InterruptedException {
        RunId run = runThatWrote("one\n", "two\n");

        assertThat(text(get(logOf(run) + "?tail=1"))).isEqualTo("two\n");
        assertThat(text(get(logOf(run) + "?tail=0"))).isEmpty();
        assertThat(text(get(logOf(run) + "?since=2026-01-31T12:00:00.123456Z"))).isEqualTo("one\ntwo\n");
        assertThat(text(get(logOf(run) + "?since=2026-01-31T12:00:00.123457Z"))).isEmpty();
        assertThat(text(get(logOf(run) + "?until=2026-01-31T12:00:00.123456Z"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"?follow=true", "?tail=x", "?since=x", "?stream=both", "?timestamps=1", "?x=1"})
    void what_is_not_understood_is_refused(String query) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = get(logOf(runs.running()) + query);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(text(answer)).contains("invalid-parameter").contains("\"parameter\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/runs/nonsense/logs", "/tasks/nonsense/logs"})
    void what_is_not_there_is_not_found(String path) throws IOException, InterruptedException {
        assertThat(get(path).statusCode()).isEqualTo(404);
        assertThat(get(path.replace("nonsense", RunId.random().toString())).statusCode())
                .isEqualTo(404);
        assertThat(text(get(path, "Accept", "text/plain"))).contains("not-found");
    }

    @Test
    void other_media_types_are_not_acceptable() throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = get(logOf(runs.running()), "Accept", "application/vnd.api+json");

        assertThat(answer.statusCode()).isEqualTo(406);
        assertThat(text(answer)).contains("not-acceptable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "application/x-ndjson"})
    void an_answer_that_can_not_be_finished_does_not_look_finished(String accept) {
        byte[] log = "0123456789\n".repeat(400_000).getBytes(UTF_8);
        RunId run = runThatWrote(log);
        db.jdbi()
                .useHandle(handle -> handle.execute(
                        "delete from log_chunks where run_id = ? and seq > 30 and seq < 60", run.value()));

        assertThatThrownBy(() -> get(logOf(run), "Accept", accept)).isInstanceOf(IOException.class);
    }
}
