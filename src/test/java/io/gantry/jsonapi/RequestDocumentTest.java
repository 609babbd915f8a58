package io.gantry.jsonapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gantry.problem.Place;
import io.gantry.problem.Problem;
import io.gantry.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestDocumentTest {

    private static final ResourceType TASKS = new ResourceType("tasks", List.of("title"), List.of());

    private static RequestDocument create(String json) {
        return RequestDocument.forCreation(json.getBytes(StandardCharsets.UTF_8), TASKS);
    }

    private static List<Problem> problems(Runnable reading) {
        ProblemException refusal = catchThrowableOfType(ProblemException.class, reading::run);
        assertThat(refusal).isNotNull();
        return refusal.problems();
    }

    private static void assertRefused(String json, HttpProblem code, String pointer) {
        assertThat(problems(() -> create(json)))
                .as(json)
                .extracting(Problem::code, Problem::place)
                .containsExactly(org.assertj.core.api.Assertions.tuple(code, Place.pointer(pointer)));
    }

    @Nested
    final class what_is_not_json {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    " ",
                    "{",
                    "nope",
                    "{} {}",
                    "{}x",
                    "{'data':1}",
                    "{\"a\":1,\"a\":2}",
                    "{\"a\":NaN}",
                    "{\"a\":01}",
                    "{\"a\":\"\t\"}",
                    "\uFEFF{}",
                    "{\"a\":1,}",
                    "/**/{}",
                })
        void is_refused(String body) {
            assertRefused(body, HttpProblem.MALFORMED_JSON, "");
        }

        @Test
        void is_refused_in_other_encodings_too() {
            for (byte[] body : List.of(
                    "{\"data\":{}}".getBytes(StandardCharsets.UTF_16),
                    "{\"data\":{}}".getBytes(StandardCharsets.UTF_16LE),
                    "{\"data\":\"\u00e4\"}".getBytes(StandardCharsets.ISO_8859_1),
                    new byte[] {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'})) {
                assertThat(problems(() -> RequestDocument.forCreation(body, TASKS))
                                .get(0)
                                .code())
                        .isEqualTo(HttpProblem.MALFORMED_JSON);
            }
        }

        @Test
        void is_refused_when_out_of_bounds() {
            assertRefused("[".repeat(33) + "]".repeat(33), HttpProblem.MALFORMED_JSON, "");
            assertRefused("[".repeat(100_000), HttpProblem.MALFORMED_JSON, "");
            assertRefused("\"" + "x".repeat(64 * 1024 + 1) + "\"", HttpProblem.MALFORMED_JSON, "");
            assertRefused("1".repeat(33), HttpProblem.MALFORMED_JSON, "");
            assertRefused("{\"" + "x".repeat(257) + "\":1}", HttpProblem.MALFORMED_JSON, "");
            assertRefused("[" + "1,".repeat(10_000) + "1]", HttpProblem.MALFORMED_JSON, "");
        }
    }

    @Nested
    final class what_is_no_document {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "1                                              | ''",
                    "[]                                             | ''",
                    "{}                                             | ''",
                    "{\"errors\":[]}                                | ''",
                    "{\"data\":null}                                | /data",
                    "{\"data\":[]}                                  | /data",
                    "{\"data\":\"x\"}                               | /data",
                    "{\"data\":{\"type\":null}}                     | /data/type",
                    "{\"data\":{\"id\":1}}                          | /data/id",
                    "{\"data\":{\"attributes\":[]}}                 | /data/attributes",
                    "{\"data\":{\"attributes\":null}}               | /data/attributes",
                    "{\"data\":{\"relationships\":[]}}              | /data/relationships",
                    "{\"data\":{\"relationships\":{\"a/b\":[]}}}    | /data/relationships/a~1b",
                })
        void is_refused(String json, String pointer) {
            assertRefused(json, HttpProblem.MALFORMED_DOCUMENT, pointer);
        }
    }

    @Nested
    final class type_and_id {

        @Test
        void may_be_left_out_in_a_creation() {
            assertThat(create("{\"data\":{}}").id()).isEmpty();
            assertThat(create("{\"data\":{\"type\":\"tasks\",\"id\":\"a\"}}").id())
                    .contains("a");
        }

        @Test
        void must_be_right_where_given() {
            assertRefused("{\"data\":{\"type\":\"runs\"}}", HttpProblem.TYPE_MISMATCH, "/data/type");
        }

        @Test
        void must_be_those_of_the_url_in_an_update() {
            byte[] body = "{\"data\":{\"type\":\"runs\",\"id\":\"b\"}}".getBytes(StandardCharsets.UTF_8);
            assertThat(problems(() -> RequestDocument.forUpdate(body, TASKS.identifier("a"))))
                    .extracting(Problem::code)
                    .containsExactly(HttpProblem.TYPE_MISMATCH, HttpProblem.ID_CONFLICT);
            byte[] bare = "{\"data\":{}}".getBytes(StandardCharsets.UTF_8);
            assertThat(problems(() -> RequestDocument.forUpdate(bare, TASKS.identifier("a"))))
                    .extracting(Problem::code)
                    .containsExactly(HttpProblem.MALFORMED_DOCUMENT, HttpProblem.MALFORMED_DOCUMENT);
        }

        @Test
        void unknown_members_outside_the_attributes_are_ignored() {
            create("{\"data\":{\"lid\":\"x\",\"whatever\":1,\"@at\":2},\"more\":[]}")
                    .attributes()
                    .finish();
        }

        @Test
        void a_body_may_be_optional() {
            RequestDocument.forCreationWithOptionalBody(new byte[0], TASKS)
                    .attributes()
                    .finish();
        }
    }

    @Nested
    final class text {

        @ParameterizedTest
        @CsvSource({
            "\\u0000, /data/attributes/a",
            "x\\u0000y, /data/attributes/a",
            "\\ud800, /data/attributes/a",
            "\\udc00\\ud800, /data/attributes/a",
        })
        void that_nothing_can_hold_is_refused_with_its_place(String text, String pointer) {
            String json = "{\"data\":{\"attributes\":{\"a\":\"" + text + "\"}}}";
            assertRefused(json, HttpProblem.INVALID_ATTRIBUTE, pointer);
        }

        @Test
        void is_looked_at_at_every_depth_and_in_names() {
            assertRefused(
                    "{\"data\":{\"attributes\":{\"a\":[1,{\"b~/\":\"\\u0000\"}]}}}",
                    HttpProblem.INVALID_ATTRIBUTE,
                    "/data/attributes/a/1/b~0~1");
            assertRefused(
                    "{\"data\":{\"attributes\":{\"a\":{\"\\u0000\":1}}}}",
                    HttpProblem.INVALID_ATTRIBUTE,
                    "/data/attributes/a");
        }

        @Test
        void may_be_anything_else() {
            assertThat(create("{\"data\":{\"attributes\":{\"a\":\"\\ud83d\\ude00\\u001b\\u202e\"}}}")
                            .attributes()
                            .find("a", AttributeReader.text(0, 9)))
                    .contains("\ud83d\ude00\u001b\u202e");
        }
    }

    @Nested
    final class attributes {

        private AttributeReader read(String members) {
            return create("{\"data\":{\"attributes\":{" + members + "}}}").attributes();
        }

        private void assertRefusedAt(AttributeReader in, String... pointers) {
            assertThat(problems(in::finish))
                    .allMatch(problem -> problem.code() == HttpProblem.INVALID_ATTRIBUTE)
                    .extracting(problem -> ((Place.Pointer) problem.place()).pointer())
                    .containsExactlyInAnyOrder(pointers);
        }

        @Test
        void are_read_as_what_they_mean() {
            AttributeReader in = read("\"t\":\"x\",\"l\":[\"a\",\"b\"],\"m\":{\"k\":\"v\"},\"n\":null");
            assertThat(in.require("t", AttributeReader.text(1, 5))).contains("x");
            assertThat(in.find("l", AttributeReader.texts())).contains(List.of("a", "b"));
            assertThat(in.find("m", AttributeReader.textsByName())).contains(Map.of("k", "v"));
            assertThat(in.find("n", AttributeReader.texts())).isEmpty();
            assertThat(in.isNull("n")).isTrue();
            in.finish();
        }

        @Test
        void that_are_missing_are_told_at_their_parent() {
            AttributeReader in = read("\"b\":null");
            in.require("a", AttributeReader.text(1, 5));
            in.require("b", AttributeReader.text(1, 5));
            assertRefusedAt(in, "/data/attributes", "/data/attributes/b");
        }

        @Test
        void that_nobody_asked_for_are_refused() {
            AttributeReader in = read("\"a/b\":1,\"c~\":2");
            assertRefusedAt(in, "/data/attributes/a~1b", "/data/attributes/c~0");
        }

        @Test
        void of_a_wrong_sort_are_refused() {
            AttributeReader in = read("\"t\":5,\"u\":\"\",\"l\":[1],\"k\":{},\"m\":{\"a\":null},\"n\":[]");
            in.find("t", AttributeReader.text(1, 5));
            in.find("u", AttributeReader.text(1, 5));
            in.find("l", AttributeReader.texts());
            in.find("k", AttributeReader.texts());
            in.find("m", AttributeReader.textsByName());
            in.find("n", AttributeReader.textsByName());
            assertRefusedAt(
                    in,
                    "/data/attributes/t",
                    "/data/attributes/u",
                    "/data/attributes/l",
                    "/data/attributes/k",
                    "/data/attributes/m",
                    "/data/attributes/n");
        }

        @Test
        void are_counted_in_characters_and_not_in_units() {
            AttributeReader in = read("\"t\":\"\\ud83d\\ude00\\ud83d\\ude00\"");
            assertThat(in.find("t", AttributeReader.text(1, 2))).isPresent();
            in.finish();
        }

        @Test
        void that_are_read_only_may_come_back_unchanged() {
            AttributeReader in = read("\"a\":\"2026-01-02T03:04:05.000000Z\",\"b\":null,\"c\":1");
            in.requireUnchanged("a", Instant.parse("2026-01-02T03:04:05Z"));
            in.requireUnchanged("b", null);
            in.requireUnchanged("c", 2);
            in.requireUnchanged("d", "not sent");
            assertRefusedAt(in, "/data/attributes/c");
        }
    }

    @Test
    void whatever_the_bytes_are_they_are_read_or_refused() {
        Random random = new Random(42);
        byte[] valid = "{\"data\":{\"type\":\"tasks\",\"attributes\":{\"title\":\"\\u00e4\",\"n\":-1e99}}}"
                .getBytes(StandardCharsets.UTF_8);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] body = valid.clone();
            for (int j = random.nextInt(4); j >= 0; j--) {
                body[random.nextInt(body.length)] = (byte) random.nextInt(256);
            }
            try {
                AttributeReader in = RequestDocument.forCreation(body, TASKS).attributes();
                in.find("title", AttributeReader.text(0, 9));
                in.finish();
            } catch (ProblemException e) {
                assertThat(e.problems()).isNotEmpty();
                refused++;
            }
        }
        assertThat(refused).isBetween(10_000, 20_000);
    }
}
