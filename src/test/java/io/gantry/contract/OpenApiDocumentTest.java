package io.gantry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gantry.contract.OpenApiDocument.Located;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class OpenApiDocumentTest {

    private static final OpenApiDocument DOCUMENT = OpenApiDocument.ofProject();
    private static final Schemas SCHEMAS = new Schemas(DOCUMENT);

    /** Answered by no operation of this version. */
    static Stream<Operation> operations() {
        return DOCUMENT.operations().stream();
    }

    static Stream<Located> references() {
        List<Located> found = new ArrayList<>();
        collect(new Located("", DOCUMENT.root()), "$ref", found);
        return found.stream();
    }

    static Stream<Located> contents() {
        List<Located> found = new ArrayList<>();
        collect(new Located("", DOCUMENT.root()), "content", found);
        return found.stream()
                .flatMap(content -> content.node().properties().stream().map(type -> content.child(type.getKey())));
    }

    @Test
    void it_is_openapi_3_1() {
        assertThat(DOCUMENT.root().path("openapi").asText()).isEqualTo("3.1.0");
        assertThat(DOCUMENT.root().at("/info/title").asText()).isEqualTo("Gantry");
        assertThat(DOCUMENT.root().at("/servers/0/url").asText()).isEqualTo("/");
    }

    @Test
    void operation_ids_are_unique() {
        assertThat(operations().map(Operation::id)).doesNotHaveDuplicates().allMatch(id -> !id.isEmpty());
    }

    @Test
    void every_error_code_has_an_example() {
        Set<String> codes = texts(DOCUMENT.root().at("/components/schemas/ErrorCode/enum"));

        assertThat(ErrorExamples.titles(DOCUMENT).keySet()).isEqualTo(codes);
    }

    @Test
    void every_component_is_used() {
        Set<String> targets = new TreeSet<>();
        references()
                .forEach(reference -> targets.add(reference.node().textValue().substring(1)));
        Set<String> components = new TreeSet<>();
        DOCUMENT.root()
                .path("components")
                .properties()
                .forEach(group -> group.getValue()
                        .properties()
                        .forEach(member -> components.add("/components/" + group.getKey() + "/" + member.getKey())));
        components.removeIf(component -> component.startsWith("/components/securitySchemes/"));

        assertThat(targets).containsAll(components);
    }

    @Test
    void references_lead_somewhere() {
        assertThat(references().map(reference -> reference.node().textValue()))
                .allMatch(target -> target.startsWith("#/")
                        && !DOCUMENT.root().at(target.substring(1)).isMissingNode());
    }

    @ParameterizedTest
    @MethodSource("operations")
    void every_operation_is_described_with_examples_and_errors(Operation operation) {
        assertThat(operation.id()).isNotEmpty();
        assertThat(operation.statuses()).anyMatch(status -> status < 300).contains(405, 406, 408, 414, 421, 431, 500);
        operation.statuses().stream()
                .map(status -> operation.response(status).orElseThrow())
                .forEach(response -> assertThat(hasExamplesIfItHasABody(response))
                        .as(response.pointer())
                        .isTrue());
    }

    @ParameterizedTest
    @MethodSource("operations")
    void errors_speak_under_the_status_of_their_answer(Operation operation) {
        for (int status : operation.statuses()) {
            examples(operation.response(status).orElseThrow())
                    .flatMap(example -> Stream.of(example.path("value").path("errors")))
                    .forEach(errors -> errors.forEach(
                            error -> assertThat(error.path("status").asText()).isEqualTo(Integer.toString(status))));
        }
    }

    @ParameterizedTest
    @MethodSource("contents")
    void examples_are_valid(Located content) {
        String schema = content.child("schema").pointer();
        content.node().path("examples").properties().forEach(member -> {
            Located example =
                    DOCUMENT.at(content.child("examples").child(member.getKey()).pointer());
            assertThat(SCHEMAS.faultsOf(example.node().path("value"), schema))
                    .as(example.pointer())
                    .isEmpty();
        });
    }

    @ParameterizedTest
    @MethodSource("contents")
    void both_names_of_json_carry_the_same(Located content) {
        if (content.pointer().endsWith("/application~1vnd.api+json")) {
            String plain = content.pointer().replace("vnd.api+json", "json");
            assertThat(DOCUMENT.root().at(plain).path("schema"))
                    .isEqualTo(content.node().path("schema"));
        }
    }

    @Test
    void a_value_of_the_wrong_type_is_found() {
        String exitCode = "/components/schemas/ExitCode";
        JsonNode text = DOCUMENT.root().at("/info/title");

        assertThat(SCHEMAS.faultsOf(text, exitCode)).isNotEmpty();
    }

    private static boolean hasExamplesIfItHasABody(Located response) {
        JsonNode content = response.node().path("content");
        return content.isMissingNode() || content.findValue("examples") != null;
    }

    private static Stream<JsonNode> examples(Located response) {
        return response.child("content").node().properties().stream().flatMap(type -> {
            Located examples = response.child("content").child(type.getKey()).child("examples");
            return examples.node().properties().stream()
                    .map(member -> DOCUMENT.at(examples.child(member.getKey()).pointer())
                            .node());
        });
    }

    private static void collect(Located from, String name, List<Located> found) {
        if (from.node().isArray()) {
            for (int i = 0; i < from.node().size(); i++) {
                collect(new Located(from.pointer() + "/" + i, from.node().get(i)), name, found);
            }
        }
        for (Map.Entry<String, JsonNode> member : from.node().properties()) {
            Located child = from.child(member.getKey());
            if (member.getKey().equals(name)) {
                found.add(child);
            } else {
                collect(child, name, found);
            }
        }
    }

    private static Set<String> texts(JsonNode array) {
        Set<String> texts = new TreeSet<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
