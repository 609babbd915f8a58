package io.gantry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gantry.contract.Exchange.Content;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class OpenApiContractTest {

    private static final String JSON_API = "application/vnd.api+json";

    private final OpenApiDocument document = OpenApiDocument.ofProject();
    private final ContractCoverage coverage = new ContractCoverage(document, Path.of("target", "unused"));
    private final OpenApiContract contract = new OpenApiContract(document, coverage);

    private final Map<String, List<String>> headers = new HashMap<>(Map.of(
            "content-type", List.of(JSON_API),
            "vary", List.of("Accept"),
            "x-request-id", List.of("r-1"),
            "etag", List.of("\"v1\"")));
    private final ObjectNode task = example("queued-task");

    @Test
    void an_exchange_as_described_passes_and_counts() {
        contract.check(getTask(200));

        assertThat(coverage.neverSeen()).doesNotContain("GET /tasks/{id} 200").contains("GET /tasks/{id} 404");
    }

    @Test
    void head_has_no_body() {
        assertThat(contract.faultsOf(new Exchange(
                        "HEAD", URI.create("/tasks/1"), Content.NONE, 200, headers, content(JSON_API, ""))))
                .isEmpty();
    }

    @Nested
    class What_is_found {

        @Test
        void a_status_that_is_not_described() {
            assertThat(contract.faultsOf(getTask(202)))
                    .singleElement()
                    .asString()
                    .contains("no answer 202");
        }

        @Test
        void a_success_of_an_operation_that_is_not_described() {
            assertThat(contract.faultsOf(exchange("GET", "/secrets", 200, task)))
                    .isNotEmpty();
        }

        @Test
        void a_media_type_that_is_not_described() {
            headers.put("content-type", List.of("text/html"));

            assertThat(contract.faultsOf(new Exchange(
                            "GET", URI.create("/tasks/1"), Content.NONE, 200, headers, content("text/html", "<p>"))))
                    .singleElement()
                    .asString()
                    .contains("text/html");
        }

        @Test
        void a_missing_header() {
            headers.remove("etag");

            assertThat(contract.faultsOf(getTask(200))).containsExactly("the header ETag is missing");
        }

        @Test
        void a_header_that_is_not_described() {
            headers.put("x-secret", List.of("1"));

            assertThat(contract.faultsOf(getTask(200))).containsExactly("the header x-secret isn't described");
        }

        @Test
        void a_malformed_header() {
            headers.put("etag", List.of("W/\"weak\""));

            assertThat(contract.faultsOf(getTask(200)))
                    .singleElement()
                    .asString()
                    .contains("ETag");
        }

        @Test
        void an_attribute_that_is_not_described() {
            attributes().put("secret", 1);

            assertThat(contract.faultsOf(getTask(200))).anyMatch(fault -> fault.contains("secret"));
        }

        @Test
        void an_attribute_that_nobody_left_out() {
            attributes().remove("user");

            assertThat(contract.faultsOf(getTask(200))).containsExactly("Task lacks user");
        }

        @Test
        void a_time_without_microseconds() {
            attributes().put("createdAt", "2026-03-01T12:00:00Z");

            assertThat(contract.faultsOf(getTask(200))).isNotEmpty();
        }

        @Test
        void a_query_parameter_that_was_taken_but_is_not_described() {
            assertThat(contract.faultsOf(exchange("GET", "/tasks/1?secret=1", 200, task)))
                    .singleElement()
                    .asString()
                    .contains("secret");
        }

        @Test
        void a_body_that_was_taken_but_is_not_described() {
            Content nonsense = content("application/json", "{\"data\":{\"attributes\":{\"secret\":1}}}");
            headers.put("location", List.of("http://127.0.0.1:5000/tasks/1"));

            assertThat(contract.faultsOf(new Exchange(
                            "POST", URI.create("/tasks"), nonsense, 201, headers, content(JSON_API, task.toString()))))
                    .anyMatch(fault -> fault.contains("secret"));
        }

        @Test
        void a_code_that_does_not_belong_to_the_answer() {
            assertThat(contract.faultsOf(exchange("GET", "/tasks/1", 404, example("task-running"))))
                    .isNotEmpty();
        }

        @Test
        void a_title_that_does_not_belong_to_its_code() {
            ObjectNode error = example("not-found");
            headers.remove("etag");
            ((ObjectNode) error.at("/errors/0")).put("title", "Oops");

            assertThat(contract.faultsOf(exchange("GET", "/tasks/1", 404, error)))
                    .singleElement()
                    .asString()
                    .contains("Oops");
        }

        @Test
        void all_of_it_is_told_in_one_failure() {
            headers.remove("etag");
            attributes().remove("user");

            assertThatThrownBy(() -> contract.check(getTask(200)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContainingAll("GET /tasks/1", "ETag", "user");
        }
    }

    @Nested
    class Selections {

        @Test
        void leave_attributes_out() {
            attributes().retain("title");
            ((ObjectNode) task.at("/data")).remove("relationships");

            assertThat(contract.faultsOf(exchange("GET", "/tasks/1?fields%5Btasks%5D=title", 200, task)))
                    .isEmpty();
        }
    }

    private Exchange getTask(int status) {
        return exchange("GET", "/tasks/1", status, task);
    }

    private Exchange exchange(String method, String target, int status, JsonNode body) {
        return new Exchange(
                method, URI.create(target), Content.NONE, status, headers, content(JSON_API, body.toString()));
    }

    private static Content content(String type, String text) {
        return Content.of(Optional.of(type), text.getBytes(StandardCharsets.UTF_8));
    }

    private ObjectNode attributes() {
        return (ObjectNode) task.at("/data/attributes");
    }

    private ObjectNode example(String name) {
        return document.root().at("/components/examples/" + name + "/value").deepCopy();
    }
}
