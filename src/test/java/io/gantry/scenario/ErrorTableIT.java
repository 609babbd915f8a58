package io.gantry.scenario;

import static io.gantry.scenario.ClientRequest.request;
import static io.gantry.scenario.GantrySettings.aGantry;
import static io.gantry.scenario.ScenarioAssertions.assertThat;
import static io.gantry.scenario.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each row of the table of errors, from whichever layer it comes. */
final class ErrorTableIT {

    private static final String NOBODY = "01985a3e-7b1c-7d42-9c3e-5f0a8b2d4e61";

    @RegisterExtension
    static final GantryExtension gantry =
            GantryExtension.with(aGantry().maxTasks(50).maxRunning(4));

    private final GantryClient client = gantry.client();

    @Nested
    class Malformed_400 {

        @ParameterizedTest
        @ValueSource(
                strings = {"", "{", "not JSON", "{\"data\": {}} trailing", "{\"data\": {}, \"data\": {}}", "\u0000"})
        void what_is_not_json(String body) {
            assertThat(client.send(request("POST", "/tasks")
                            .header("Content-Type", ClientRequest.JSON_API)
                            .body(ClientRequest.JSON_API, body)))
                    .hasStatus(400)
                    .hasError("malformed-json");
        }

        @Test
        void json_that_is_too_deep() {
            String deep = "[".repeat(100) + "]".repeat(100);

            assertThat(client.send(request("POST", "/tasks").body(ClientRequest.JSON_API, deep)))
                    .hasStatus(400)
                    .hasError("malformed-json");
        }

        @ParameterizedTest
        @CsvSource({
            "POST, /tasks",
            "PATCH, /tasks/" + NOBODY,
            "POST, /tasks/" + NOBODY + "/runs",
            "POST, /tasks/" + NOBODY + "/cancel",
            "POST, /runs/" + NOBODY + "/cancel"
        })
        void what_is_not_packed_as_its_header_says(String method, String target) {
            assertThat(client.send(request(method, target)
                            .header("Content-Encoding", "gzip")
                            .body(ClientRequest.JSON_API, "{\"data\": {}}")))
                    .hasStatus(400)
                    .hasError("malformed-json");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {"[]|''", "{}|''", "{\"data\": []}|/data", "{\"data\": {\"attributes\": 1}}|/data/attributes"})
        void what_is_no_document(String body, String pointer) {
            assertThat(client.send(request("POST", "/tasks").body(ClientRequest.JSON_API, body)))
                    .hasStatus(400)
                    .hasError("malformed-document")
                    .at(pointer);
        }

        @ParameterizedTest
        @CsvSource({
            "/tasks?page[size]=0, page[size]",
            "/tasks?page[size]=101, page[size]",
            "/tasks?page[size]=many, page[size]",
            "/tasks?page[after]=nonsense, page[after]",
            "/tasks?sort=colour, sort",
            "/tasks?include=colour, include",
            "/tasks?fields[tasks]=colour, fields[tasks]",
            "/tasks?filter[status]=asleep, filter[status]",
            "/tasks?filter[colour]=red, filter[colour]",
            "/tasks?colour=red, colour",
            "/tasks?sort=title&sort=status, sort",
            "/runs?sort=title, sort",
            "/runs/" + NOBODY + "?page[size]=1, page[size]"
        })
        void bad_and_unknown_parameters(String target, String parameter) {
            assertThat(client.get(target))
                    .hasStatus(400)
                    .hasError("invalid-parameter")
                    .at(parameter);
        }

        @Test
        void every_bad_parameter_is_told() {
            assertThat(client.get("/tasks?page[size]=0&sort=colour&x=1"))
                    .hasStatus(400)
                    .hasErrors(3);
        }

        static Stream<Arguments> badHeaders() {
            return Stream.of(arguments("Prefer", "wait=soon"), arguments("Idempotency-Key", "k".repeat(256)));
        }

        @ParameterizedTest
        @MethodSource("badHeaders")
        void bad_headers(String name, String value) {
            JsonNode task = aTask().toJson();

            assertThat(client.send(request("POST", "/tasks").header(name, value).body(task)))
                    .hasStatus(400)
                    .hasError("invalid-header")
                    .at(name);
        }
    }

    @Nested
    class Elsewhere_4xx {

        @Test
        void a_change_that_a_foreign_page_asks_for_is_403() {
            assertThat(gantry.raw()
                            .send(
                                    "DELETE /tasks/" + NOBODY + " HTTP/1.1",
                                    "Host: " + gantry.url().getAuthority(),
                                    "Origin: http://evil.example"))
                    .hasStatus(403)
                    .hasError("forbidden")
                    .at("Origin");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/nothing",
                    "/tasks/" + NOBODY,
                    "/tasks/not-a-uuid",
                    "/tasks/" + NOBODY + "/runs",
                    "/tasks/" + NOBODY + "/logs",
                    "/runs/" + NOBODY,
                    "/runs/" + NOBODY + "/logs",
                    "/documentation/nothing.js",
                    "/documentation/"
                })
        void what_is_not_there_is_404(String path) {
            assertThat(client.get(path)).hasStatus(404).hasError("not-found");
        }

        @ParameterizedTest
        @CsvSource({
            "DELETE, /tasks/" + NOBODY,
            "POST, /tasks/" + NOBODY + "/runs",
            "POST, /tasks/" + NOBODY + "/cancel",
            "POST, /runs/" + NOBODY + "/cancel"
        })
        void what_is_not_there_can_not_be_changed_404(String method, String path) {
            assertThat(client.send(request(method, path))).hasStatus(404).hasError("not-found");
            assertThat(client.change(NOBODY, Map.of("title", "New")))
                    .hasStatus(404)
                    .hasError("not-found");
        }

        @ParameterizedTest
        @CsvSource({
            "PUT, /tasks/" + NOBODY,
            "DELETE, /tasks",
            "PATCH, /runs/" + NOBODY,
            "GET, /runs/" + NOBODY + "/cancel",
            "POST, /openapi.yaml"
        })
        void a_method_that_the_path_does_not_take_is_405(String method, String path) {
            assertThat(client.send(request(method, path)))
                    .hasStatus(405)
                    .hasHeader("Allow")
                    .hasError("method-not-allowed");
        }

        @ParameterizedTest
        @CsvSource({
            "/tasks, text/html",
            "/tasks, application/vnd.api+json;foo=bar",
            "/tasks/" + NOBODY + "/logs, image/png",
            "/openapi.yaml, image/png"
        })
        void an_accept_that_allows_nothing_of_ours_is_406(String path, String accept) {
            assertThat(client.send(request("GET", path).header("Accept", accept)))
                    .hasStatus(406)
                    .hasError("not-acceptable")
                    .at("Accept");
        }

        @Test
        void a_body_that_is_too_large_is_413() {
            assertThat(client.post(aTask().with("description", "x".repeat(300_000))))
                    .hasStatus(413)
                    .hasError("payload-too-large");
        }

        @Test
        void a_url_that_is_too_long_is_414() {
            assertThat(gantry.raw()
                            .send(
                                    "GET /tasks?x=" + "a".repeat(20_000) + " HTTP/1.1",
                                    "Host: " + gantry.url().getAuthority()))
                    .hasStatus(414)
                    .hasError("uri-too-long");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "text/plain",
                    "application/x-www-form-urlencoded",
                    "application/vnd.api+json;charset=utf-8",
                    "application/vnd.api+json;ext=\"https://example.com/ext\""
                })
        void a_body_of_another_type_is_415(String type) {
            assertThat(client.send(request("POST", "/tasks")
                            .body(type, aTask().toJson().toString())))
                    .hasStatus(415)
                    .hasError("unsupported-media-type");
        }

        @Test
        void a_range_behind_the_end_of_a_log_is_416() {
            String task = client.create(aTask().command("echo hello"));
            client.awaitEnd(task);

            assertThat(client.send(request("GET", "/tasks/" + task + "/logs").header("Range", "bytes=100-")))
                    .hasStatus(416)
                    .hasHeader("Content-Range", "bytes */6")
                    .hasError("range-not-satisfiable")
                    .at("Range");
        }

        @ParameterizedTest
        @ValueSource(strings = {"evil.example", "127.0.0.1.evil.example", "10.0.0.1:5000"})
        void a_foreign_host_is_421(String host) {
            assertThat(gantry.raw().send("GET /tasks HTTP/1.1", "Host: " + host))
                    .hasStatus(421)
                    .hasError("misdirected-request")
                    .at("Host");
        }

        @Test
        void headers_that_are_too_large_are_431() {
            assertThat(gantry.raw()
                            .send(
                                    "GET /tasks HTTP/1.1",
                                    "Host: " + gantry.url().getAuthority(),
                                    "X-Large: " + "a".repeat(20_000)))
                    .hasStatus(431)
                    .hasError("headers-too-large");
        }
    }

    @Nested
    class In_conflict_409 {

        @Test
        void a_running_task_can_not_be_deleted() {
            String task = client.create(aTask().command("sleep 600"));
            client.awaitStart(task);

            assertThat(client.delete("/tasks/" + task)).hasStatus(409).hasError("task-running");

            client.cancelTask(task);
        }

        @Test
        void what_the_active_run_uses_can_not_be_changed() {
            String task = client.create(aTask().command("sleep 600"));

            assertThat(client.change(task, Map.of("command", "true", "image", "alpine")))
                    .hasStatus(409)
                    .hasError("task-active");

            client.cancelTask(task);
        }

        @Test
        void an_active_task_gets_no_second_run() {
            String task = client.create(aTask().command("sleep 600"));

            assertThat(client.runAgain(task)).hasStatus(409).hasError("task-active");

            client.cancelTask(task);
        }

        @Test
        void a_wrong_type() {
            assertThat(client.post(aTask().type("runs")))
                    .hasStatus(409)
                    .hasError("type-mismatch")
                    .at("/data/type");
        }

        @Test
        void an_id_that_exists() {
            String id = client.create(aTask());

            assertThat(client.post(aTask().id(id)))
                    .hasStatus(409)
                    .hasError("id-conflict")
                    .at("/data/id");
        }

        @Test
        void the_end_of_a_run_that_has_ended_by_itself() {
            String task = client.create(aTask());
            Answer run = client.awaitEnd(task);

            assertThat(client.cancelRun(run.id())).hasStatus(409).hasError("run-finished");
        }

        @Test
        void an_idempotency_key_with_another_body() {
            String key = UUID.randomUUID().toString();
            client.send(request("POST", "/tasks")
                    .header("Idempotency-Key", key)
                    .body(aTask().named("One").toJson()));

            assertThat(client.send(request("POST", "/tasks")
                            .header("Idempotency-Key", key)
                            .body(aTask().named("Another").toJson())))
                    .hasStatus(409)
                    .hasError("idempotency-conflict");
        }
    }

    @Nested
    class Not_as_it_should_be {

        @Test
        void a_stale_version_is_412() {
            String task = client.create(aTask());
            client.awaitEnd(task);
            JsonNode update = client.update(task, Map.of("title", "New"));

            assertThat(client.send(request("PATCH", "/tasks/" + task)
                            .header("If-Match", "\"old\"")
                            .body(update)))
                    .hasStatus(412)
                    .hasError("stale-version");
            assertThat(client.send(request("DELETE", "/tasks/" + task).header("If-Match", "\"old\"")))
                    .hasStatus(412)
                    .hasError("stale-version");
        }

        @Test
        void three_mistakes_are_three_errors_422() {
            Answer answer =
                    client.post(aTask().without("title").image("Not An Image").with("comand", "true"));

            assertThat(answer)
                    .hasStatus(422)
                    .hasErrors(3)
                    .hasError("invalid-attribute")
                    .at("/data/attributes");
            assertThat(answer).hasError("invalid-attribute").at("/data/attributes/image");
            assertThat(answer).hasError("invalid-attribute").at("/data/attributes/comand");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "title|''",
                    "title|1",
                    "title|'a\\u0000b'",
                    "description|[]",
                    "image|''",
                    "image|'../etc'",
                    "command|''",
                    "command|[]",
                    "command|[1]",
                    "command|{}",
                    "command|'a\\u0000b'",
                    "entrypoint|'/bin/sh'",
                    "workingDirectory|'relative'",
                    "user|'a b'",
                    "environment|['A=B']",
                    "environment|{'A': 1}",
                    "environment|{'A=': 'b'}",
                    "stopGracePeriod|'soon'",
                    "stopGracePeriod|10",
                    "timeout|'25h'",
                    "labels|{'io.gantry.run': 'x'}",
                    "resources|[]",
                    "pullPolicy|'sometimes'",
                    "sandbox|'none'",
                    "network|'host'",
                    "runtime|'runsc'",
                    "queueTimeout|'never'",
                    "retries|3",
                    "status|'succeeded'",
                    "createdAt|'2026-01-01T00:00:00.000000Z'"
                },
                quoteCharacter = '"')
        void bad_unknown_and_read_only_attributes_are_422(String attribute, String json) throws Exception {
            Object value = new JsonMapper().readValue(json.replace('\'', '"'), Object.class);

            assertThat(client.post(aTask().with(attribute, value)))
                    .hasStatus(422)
                    .hasErrors(1)
                    .hasError("invalid-attribute")
                    .at("/data/attributes/" + attribute);
        }
    }

    @Nested
    class Unavailable_503 {

        @Test
        void a_database_that_is_away() throws SQLException {
            try (Connection back = gantry.database().connect();
                    Statement statement = back.createStatement()) {
                String name = back.getCatalog();
                statement.execute("alter database " + name + " connection limit 0");
                try {
                    statement.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                            + " where datname = current_database() and pid <> pg_backend_pid()");

                    assertThat(client.get("/tasks"))
                            .hasStatus(503)
                            .hasHeader("Retry-After")
                            .hasError("storage-unavailable");
                    assertThat(client.get("/")).hasStatus(200);
                } finally {
                    statement.execute("alter database " + name + " connection limit -1");
                }
            }
            await().untilAsserted(() -> assertThat(client.get("/tasks")).hasStatus(200));
        }
    }

    @Test
    void the_request_id_of_the_client_comes_back() {
        assertThat(client.send(request("GET", "/nothing").header("X-Request-Id", "order-17.a_b")))
                .hasHeader("X-Request-Id", "order-17.a_b");
        assertThat(client.send(request("GET", "/nothing").header("X-Request-Id", "not sane")))
                .satisfies(answer ->
                        assertThat(answer.header("X-Request-Id")).isPresent().isNotEqualTo(Optional.of("not sane")));
    }
}
