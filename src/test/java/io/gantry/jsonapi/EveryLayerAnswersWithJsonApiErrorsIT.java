package io.gantry.jsonapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.dropwizard.core.Configuration;
import io.dropwizard.testing.ResourceHelpers;
import io.dropwizard.testing.junit5.DropwizardAppExtension;
import io.dropwizard.testing.junit5.DropwizardExtensionsSupport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(DropwizardExtensionsSupport.class)
final class EveryLayerAnswersWithJsonApiErrorsIT {

    private static final DropwizardAppExtension<Configuration> APP = new DropwizardAppExtension<>(
            ProbeApplication.class, ResourceHelpers.resourceFilePath("io/gantry/jsonapi/probe.yml"));
    private static final String JSON_API = "Content-Type: application/vnd.api+json";

    private final RawHttp http = new RawHttp(APP.getLocalPort());
    private final RawHttp admin = new RawHttp(APP.getAdminPort());

    private static void assertError(RawHttp.Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.code()).as(answer.toString()).isEqualTo(code);
        assertThat(answer.json().at("/errors/0/status").asText()).isEqualTo(Integer.toString(status));
        assertThat(answer.json().at("/errors/0/title").asText()).isNotBlank();
        assertThat(answer.json().at("/errors/0/detail").asText()).isNotBlank();
        assertThat(answer.json().at("/jsonapi/version").asText()).isEqualTo("1.1");
        assertThat(answer.header("Content-Type")).contains("application/vnd.api+json");
        assertStandardHeaders(answer);
    }

    private static void assertStandardHeaders(RawHttp.Answer answer) {
        assertThat(answer.headers("X-Request-Id")).as(answer.head()).hasSize(1);
        assertThat(answer.headers("Vary")).as(answer.head()).anyMatch(value -> value.contains("Accept"));
        assertThat(answer.header("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.header("Cache-Control").orElseThrow()).contains("no-store");
        assertThat(answer.header("Referrer-Policy")).contains("no-referrer");
        assertThat(answer.header("Cross-Origin-Opener-Policy")).contains("same-origin");
        assertThat(answer.header("Cross-Origin-Resource-Policy")).contains("same-origin");
        assertThat(answer.header("Content-Security-Policy"))
                .contains("default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        assertThat(answer.header("Strict-Transport-Security")).isEmpty();
        assertThat(answer.header("Server")).isEmpty();
    }

    @Nested
    final class the_routing {

        @Test
        void an_unknown_path_is_not_found() throws IOException {
            assertError(http.send("GET", "/nowhere"), 404, "not-found");
            assertError(http.send("POST", "/nowhere", "Content-Type: text/plain", "\nx"), 404, "not-found");
            assertError(http.send("OPTIONS", "/nowhere"), 404, "not-found");
            assertError(http.send("GET", "/application.wadl"), 404, "not-found");
        }

        @Test
        void an_unknown_path_of_the_admin_port_is_not_found() throws IOException {
            assertError(admin.send("GET", "/nowhere"), 404, "not-found");
        }

        @Test
        void a_wrong_method_is_told_what_is_allowed() throws IOException {
            RawHttp.Answer answer = http.send("DELETE", "/probes");
            assertError(answer, 405, "method-not-allowed");
            assertThat(answer.header("Allow").orElseThrow().split(", ?"))
                    .containsExactlyInAnyOrder("GET", "HEAD", "POST", "OPTIONS");
        }

        @ParameterizedTest
        @CsvSource({"/", "/ping", "/healthcheck", "/threads", "/nowhere"})
        void the_admin_ports_answers_have_the_same_headers(String path) throws IOException {
            assertStandardHeaders(admin.send("GET", path));
            assertError(admin.send("TRACE", path), 405, "method-not-allowed");
        }

        @ParameterizedTest
        @CsvSource({"TRACE", "CONNECT", "BREW", "PUT"})
        void a_method_that_is_used_nowhere_is_not_allowed(String method) throws IOException {
            RawHttp.Answer answer =
                    http.send(method, method.equals("CONNECT") ? "127.0.0.1:80" : "/probes", "Host: 127.0.0.1:80");
            assertError(answer, 405, "method-not-allowed");
            assertThat(answer.header("Allow").orElseThrow()).contains("GET");
        }

        @Test
        void options_is_204_with_allow() throws IOException {
            RawHttp.Answer answer = http.send("OPTIONS", "/probes/1", "Accept: application/vnd.api+json");
            assertThat(answer.status()).isEqualTo(204);
            assertThat(answer.header("Allow").orElseThrow().split(", ?"))
                    .containsExactlyInAnyOrder("GET", "HEAD", "PATCH", "DELETE", "OPTIONS");
            assertThat(answer.body()).isEmpty();
            assertStandardHeaders(answer);
        }

        @Test
        void head_is_get_without_a_body() throws IOException {
            RawHttp.Answer get = http.send("GET", "/probes/1");
            RawHttp.Answer head = http.send("HEAD", "/probes/1");
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.body()).isEmpty();
            assertThat(head.header("ETag")).isEqualTo(get.header("ETag")).isPresent();
            assertThat(http.send("HEAD", "/nowhere").status()).isEqualTo(404);
        }
    }

    @Nested
    final class media_types {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "application/vnd.api+json",
                    "application/json",
                    "application/json; charset=utf-8",
                    "Application/JSON",
                    "application/vnd.api+json; profile=\"https://example.org/a https://example.org/b\"",
                })
        void these_bodies_are_taken(String type) throws IOException {
            RawHttp.Answer answer = http.send(
                    "POST", "/probes", "Content-Type: " + type, "\n{\"data\":{\"attributes\":{\"title\":\"x\"}}}");
            assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
            assertThat(answer.header("Content-Type")).contains("application/vnd.api+json");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "Content-Type: text/plain",
                    "Content-Type: application/x-www-form-urlencoded",
                    "Content-Type: application/vnd.api+json; charset=utf-8",
                    "Content-Type: application/vnd.api+json; ext=\"https://example.org/a\"",
                    "Content-Type: nonsense",
                    "Content-Type:",
                    "X-No-Content-Type: at all",
                })
        void other_bodies_are_refused_and_the_right_header_is_named(String header) throws IOException {
            RawHttp.Answer answer = http.send("POST", "/probes", header, "\n{}");
            assertError(answer, 415, "unsupported-media-type");
            assertThat(answer.json().at("/errors/0/source/header").asText()).isEqualTo("Content-Type");
            assertThat(answer.json().at("/errors/0/detail").asText())
                    .contains("Content-Type: application/vnd.api+json");
        }

        @Test
        void a_compressed_body_of_a_wrong_kind_is_refused() throws IOException {
            RawHttp.Answer answer = http.send("POST", "/probes", JSON_API, "Content-Encoding: br", "\n{}");
            assertError(answer, 415, "unsupported-media-type");
        }

        @Test
        void the_query_beside_a_form_is_judged_like_any_other() throws IOException {
            RawHttp.Answer answer = http.send(
                    "POST",
                    "/probes/1/cancel?x=%z",
                    "Content-Type: application/x-www-form-urlencoded",
                    "Content-Length: 0");
            assertError(answer, 400, "invalid-parameter");
        }

        @Test
        void no_body_needs_no_media_type() throws IOException {
            assertThat(http.send("POST", "/probes/1/cancel").status()).isEqualTo(202);
            assertThat(http.send("POST", "/probes/1/cancel", "Content-Length: 0")
                            .status())
                    .isEqualTo(202);
            assertThat(http.send("POST", "/probes/1/cancel", "Content-Type: text/plain", "\n")
                            .status())
                    .isEqualTo(202);
            assertThat(http.send("POST", "/probes/1/cancel", JSON_API, "\n{\"data\":{\"type\":\"probes\"}}")
                            .status())
                    .isEqualTo(202);
            assertThat(http.send("GET", "/probes/1", "Content-Type: text/plain").status())
                    .isEqualTo(200);
            assertThat(http.send("DELETE", "/probes/1", "Content-Type: text/plain", "\nx")
                            .status())
                    .isEqualTo(204);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                nullValues = "none",
                value = {
                    "none                                                | application/vnd.api+json",
                    "*/*                                                 | application/vnd.api+json",
                    "text/html,application/xhtml+xml,*/*;q=0.8           | application/vnd.api+json",
                    "application/*                                       | application/vnd.api+json",
                    "application/json                                    | application/json",
                    "application/json; charset=utf-8                     | application/json",
                    "application/json, application/vnd.api+json;q=0.5    | application/json",
                    "application/json;q=0.5, application/vnd.api+json    | application/vnd.api+json",
                    "application/vnd.api+json;q=0, */*                   | application/json",
                    "application/vnd.api+json;foo=bar, application/vnd.api+json | application/vnd.api+json",
                    "application/vnd.api+json;profile=\"https://e.org\"  | application/vnd.api+json",
                    "application/vnd.api+json;ext=\"https://e.org\", application/json | application/json",
                })
        void accept_chooses_the_name_of_the_answer(String accept, String type) throws IOException {
            RawHttp.Answer answer =
                    accept == null ? http.send("GET", "/probes/1") : http.send("GET", "/probes/1", "Accept: " + accept);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Content-Type")).contains(type);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "text/html",
                    "text/plain",
                    "application/vnd.api+json;foo=bar",
                    "application/vnd.api+json;charset=utf-8",
                    "application/vnd.api+json;ext=\"https://e.org\"",
                    "application/vnd.api+json;q=0",
                })
        void what_we_do_not_have_is_not_acceptable(String accept) throws IOException {
            assertError(http.send("GET", "/probes/1", "Accept: " + accept), 406, "not-acceptable");
        }

        @Test
        void a_broken_accept_is_an_invalid_header() throws IOException {
            RawHttp.Answer answer = http.send("GET", "/probes/1", "Accept: nonsense");
            assertError(answer, 400, "invalid-header");
            assertThat(answer.json().at("/errors/0/source/header").asText()).isEqualTo("Accept");
        }

        @Test
        void logs_are_text_and_their_errors_are_documents() throws IOException {
            RawHttp.Answer answer = http.send("GET", "/probes/1/logs", "Accept: */*");
            assertThat(answer.header("Content-Type").orElseThrow()).startsWith("text/plain");
            assertStandardHeaders(answer);
            assertThat(http.send("GET", "/probes/1/logs", "Accept: application/x-ndjson")
                            .header("Content-Type"))
                    .contains("application/x-ndjson");
            assertError(http.send("GET", "/probes/1/logs?tial=1", "Accept: text/plain"), 400, "invalid-parameter");
            assertError(http.send("GET", "/probes/1/logs", "Accept: application/vnd.api+json"), 406, "not-acceptable");
        }

        @Test
        void an_error_has_the_preferred_name_too() throws IOException {
            assertThat(http.send("GET", "/nowhere", "Accept: application/json").header("Content-Type"))
                    .contains("application/json");
        }
    }

    @Nested
    final class bodies {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "''                          | malformed-json     | 400",
                    "{                           | malformed-json     | 400",
                    "{} x                        | malformed-json     | 400",
                    "{\"data\":1,\"data\":2}     | malformed-json     | 400",
                    "nope                        | malformed-json     | 400",
                    "[]                          | malformed-document | 400",
                    "{}                          | malformed-document | 400",
                    "{\"data\":[]}               | malformed-document | 400",
                    "{\"data\":{\"type\":1}}     | malformed-document | 400",
                    "{\"data\":{\"type\":\"x\"}} | type-mismatch      | 409",
                    "{\"data\":{}}               | invalid-attribute  | 422",
                })
        void a_wrong_document_is_told_what_is_wrong(String body, String code, int status) throws IOException {
            assertError(http.send("POST", "/probes", JSON_API, "\n" + body), status, code);
        }

        @Test
        void three_mistakes_get_three_errors() throws IOException {
            RawHttp.Answer answer = http.send(
                    "POST",
                    "/probes",
                    JSON_API,
                    "\n{\"data\":{\"attributes\":{\"size\":5,\"createdAt\":\"now\",\"titel\":\"x\"}}}");
            assertError(answer, 422, "invalid-attribute");
            assertThat(answer.json().get("errors").findValuesAsText("pointer"))
                    .containsExactlyInAnyOrder(
                            "/data/attributes",
                            "/data/attributes/size",
                            "/data/attributes/createdAt",
                            "/data/attributes/titel");
        }

        @Test
        void a_body_above_the_limit_is_refused_and_the_connection_closed() throws IOException {
            String large = "x".repeat(256 * 1024 + 1);
            RawHttp.Answer announced = http.sendRaw("POST /probes HTTP/1.1\r\nHost: localhost\r\n" + JSON_API
                    + "\r\nContent-Length: " + large.length() + "\r\n\r\n" + large);
            assertError(announced, 413, "payload-too-large");
            assertThat(announced.header("Connection")).contains("close");
            RawHttp.Answer chunked = http.sendRaw("POST /probes HTTP/1.1\r\nHost: localhost\r\n" + JSON_API
                    + "\r\nTransfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(large.length()) + "\r\n" + large
                    + "\r\n0\r\n\r\n");
            assertError(chunked, 413, "payload-too-large");
            assertThat(chunked.header("Connection")).contains("close");
        }

        @RepeatedTest(5)
        void a_client_that_sends_on_hears_why_its_body_is_refused() throws IOException {
            String large = "x".repeat(2_000_000);
            RawHttp.Answer answer = http.sendRaw("POST /probes HTTP/1.1\r\nHost: localhost\r\n" + JSON_API
                    + "\r\nContent-Length: " + large.length() + "\r\n\r\n" + large);
            assertError(answer, 413, "payload-too-large");
        }

        @Test
        void who_asks_first_is_told_not_to_send() throws IOException {
            RawHttp.Answer answer = http.sendRaw("POST /probes HTTP/1.1\r\nHost: localhost\r\n" + JSON_API
                    + "\r\nExpect: 100-continue\r\nContent-Length: 2000000\r\n\r\n");
            assertError(answer, 413, "payload-too-large");
        }

        @Test
        void a_body_that_does_not_arrive_is_a_timeout() throws IOException {
            RawHttp.Answer answer = http.sendRaw("POST /probes HTTP/1.1\r\nHost: localhost\r\n" + JSON_API
                    + "\r\nContent-Length: 100\r\n\r\n{\"data\"");
            assertError(answer, 408, "request-timeout");
            assertThat(answer.header("Connection")).contains("close");
        }

        @Test
        void a_compressed_body_counts_as_what_it_unpacks_to() throws Exception {
            ByteArrayOutputStream bomb = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
                gzip.write(new byte[4 * 1024 * 1024]);
            }
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + APP.getLocalPort() + "/probes"))
                    .header("Content-Type", JsonApi.MEDIA_TYPE)
                    .header("Content-Encoding", "gzip")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(bomb.toByteArray()))
                    .build();
            HttpResponse<String> answer =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isIn(413, 415);
            assertThat(answer.body()).contains("\"errors\"");
        }

        @Test
        void broken_chunks_are_malformed() throws IOException {
            assertError(
                    http.sendRaw("POST /probes HTTP/1.1\r\nHost: localhost\r\n" + JSON_API
                            + "\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n"),
                    400,
                    "malformed-json");
        }
    }

    @Nested
    final class the_server_itself {

        @ParameterizedTest
        @CsvSource({
            "/probes/%00",
            "/probes/a%2Fb",
            "/probes/%zz",
            "/probes/../../etc",
            "/probes/a;x=1/../..",
            "/probes/%c0%af"
        })
        void a_strange_path_is_an_error_document(String path) throws IOException {
            RawHttp.Answer answer = http.send("GET", path);
            assertThat(answer.status()).isIn(400, 404);
            assertError(answer, answer.status(), answer.status() == 404 ? "not-found" : "invalid-header");
        }

        @Test
        void a_header_that_is_too_large_is_refused() throws IOException {
            assertError(http.send("GET", "/probes", "X-Large: " + "x".repeat(9000)), 431, "headers-too-large");
        }

        @Test
        void a_uri_that_is_too_long_is_refused() throws IOException {
            assertError(http.send("GET", "/" + "x".repeat(9000)), 414, "uri-too-long");
        }

        @ParameterizedTest
        @CsvSource({
            "'GET /probes HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n'",
            "'POST /probes HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'",
            "'POST /probes HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}'",
            "'GET /probes HTTP/1.1\r\n\r\n'",
            "'GET /probes HTTP/1.1\r\nHost: localhost\r\nX: a\r\n b\r\n\r\n'",
            "'NONSENSE\r\n\r\n'",
            "'GET /probes HTTP/1.1\r\nHost: localhost\r\nX Y: z\r\n\r\n'",
            "'GET /probes HTTP/3.0\r\nHost: localhost\r\n\r\n'",
            "'POST /probes HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip\r\n\r\n'",
        })
        void what_is_not_http_is_refused(String request) throws IOException {
            assertError(http.sendRaw(request.replace("\r\n", "\n").replace("\n", "\r\n")), 400, "invalid-header");
        }
    }

    @Nested
    final class failures {

        @Test
        void our_own_fault_says_the_request_id_and_nothing_else() throws IOException {
            RawHttp.Answer answer = http.send("POST", "/probes/1/fail", "X-Request-Id: my-id_1.2");
            assertError(answer, 500, "internal-error");
            assertThat(answer.header("X-Request-Id")).contains("my-id_1.2");
            assertThat(answer.json().at("/errors/0/id").asText()).isEqualTo("my-id_1.2");
            assertThat(answer.body()).contains("my-id_1.2").doesNotContain("secret", "Exception");
        }

        @Test
        void what_is_away_says_when_to_come_back() throws IOException {
            RawHttp.Answer answer = http.send("POST", "/probes/away/fail");
            assertError(answer, 503, "probe-away");
            assertThat(answer.header("Retry-After")).contains("2");
        }

        @Test
        void a_conflict_is_409() throws IOException {
            RawHttp.Answer answer = http.send("POST", "/probes/busy/fail");
            assertError(answer, 409, "probe-busy");
            assertThat(answer.body()).doesNotContain("secret");
        }

        @Test
        void a_request_id_that_is_not_sane_is_replaced() throws IOException {
            assertThat(http.send("GET", "/probes", "X-Request-Id: a b\"c")
                            .header("X-Request-Id")
                            .orElseThrow())
                    .matches("[0-9a-f-]{36}");
        }
    }

    @Nested
    final class foreign_callers {

        @ParameterizedTest
        @CsvSource({"Host: evil.example", "Host: 127.0.0.1.evil.example", "Host: 10.0.0.1:5000", "Host: [::2]", "Host:"
        })
        void another_host_is_misdirected_on_both_ports(String host) throws IOException {
            assertThat(http.send("GET", "/probes", host).status()).isIn(421, 400);
            assertThat(admin.send("GET", "/ping", host).status()).isIn(421, 400);
        }

        @Test
        void another_host_is_told_our_names() throws IOException {
            RawHttp.Answer answer = http.send("GET", "/nowhere", "Host: evil.example");
            assertError(answer, 421, "misdirected-request");
            assertThat(answer.json().at("/errors/0/source/header").asText()).isEqualTo("Host");
            assertError(admin.send("GET", "/healthcheck", "Host: evil.example"), 421, "misdirected-request");
            assertError(http.sendRaw("GET /probes HTTP/1.0\r\n\r\n"), 421, "misdirected-request");
        }

        @Test
        void an_absolute_target_counts_as_a_host() throws IOException {
            assertThat(http.send("GET", "http://evil.example/probes", "Host: localhost")
                            .status())
                    .isIn(421, 400);
            assertThat(http.send("GET", "http://localhost/probes", "Host: localhost")
                            .status())
                    .isEqualTo(200);
        }

        @ParameterizedTest
        @CsvSource({"Host: localhost", "Host: LOCALHOST:80", "Host: 127.0.0.1:1", "Host: [::1]:5000"})
        void our_own_names_are_fine(String host) throws IOException {
            assertThat(http.send("GET", "/probes", host).status()).isEqualTo(200);
            assertThat(admin.send("GET", "/ping", host).status()).isEqualTo(200);
        }

        @Test
        void a_page_of_another_site_changes_nothing() throws IOException {
            assertError(http.send("POST", "/probes/1/cancel", "Origin: https://evil.example"), 403, "forbidden");
            assertError(http.send("POST", "/probes/1/cancel", "Origin: null"), 403, "forbidden");
            assertError(http.send("POST", "/probes/1/cancel", "Sec-Fetch-Site: cross-site"), 403, "forbidden");
            assertThat(http.send("POST", "/probes/1/cancel", "Host: localhost:7", "Origin: http://localhost:7")
                            .status())
                    .isEqualTo(202);
        }
    }
}
