package io.gantry.jsonapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gantry.problem.Place;
import io.gantry.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestHeadersTest {

    private static void assertInvalid(String header, Runnable reading) {
        ProblemException refusal = catchThrowableOfType(ProblemException.class, reading::run);
        assertThat(refusal).isNotNull();
        assertThat(refusal.problem().code()).isEqualTo(HttpProblem.INVALID_HEADER);
        assertThat(refusal.problem().place()).isEqualTo(Place.header(header));
    }

    @Nested
    final class prefer {

        @Test
        void wait_is_found_among_other_preferences() {
            assertThat(Prefer.parseWait(List.of("respond-async, Wait = 30; foo=bar", "wait=5")))
                    .contains(Duration.ofSeconds(30));
            assertThat(Prefer.parseWait(List.of("wait=\"7\""))).contains(Duration.ofSeconds(7));
        }

        @Test
        void other_preferences_are_ignored() {
            assertThat(Prefer.parseWait(List.of("return=minimal, waiting=5, a;wait=3")))
                    .isEmpty();
            assertThat(Prefer.parseWait(List.of())).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"wait", "wait=", "wait=-1", "wait=1.5", "wait=10s", "wait=99999999"})
        void a_wait_that_is_no_number_of_seconds_is_invalid(String value) {
            assertInvalid("Prefer", () -> Prefer.parseWait(List.of(value)));
        }
    }

    @Nested
    final class idempotency_key {

        @Test
        void is_any_printable_text() {
            assertThat(IdempotencyKey.parse(List.of("\"8e03978e-40d5\""))).contains("\"8e03978e-40d5\"");
            assertThat(IdempotencyKey.parse(List.of())).isEmpty();
        }

        @Test
        void is_one_value_of_reasonable_length() {
            assertInvalid("Idempotency-Key", () -> IdempotencyKey.parse(List.of("a", "b")));
            assertInvalid("Idempotency-Key", () -> IdempotencyKey.parse(List.of("")));
            assertInvalid("Idempotency-Key", () -> IdempotencyKey.parse(List.of("x".repeat(256))));
            assertInvalid("Idempotency-Key", () -> IdempotencyKey.parse(List.of("ä")));
        }
    }

    @Nested
    final class entity_tags {

        private final Resource resource = new ResourceType("tasks", List.of("title"), List.of())
                .resource("1")
                .attribute("title", "a")
                .self("http://localhost/tasks/1")
                .build();
        private final VersionTag tag = VersionTag.of(resource);

        private void check(String... ifMatch) {
            Preconditions.parse(List.of(ifMatch)).check(resource);
        }

        private void assertStale(String ifMatch) {
            ProblemException refusal = catchThrowableOfType(ProblemException.class, () -> check(ifMatch));
            assertThat(refusal).as(ifMatch).isNotNull();
            assertThat(refusal.problem().code()).isEqualTo(HttpProblem.STALE_VERSION);
        }

        @Test
        void nothing_any_and_the_present_version_pass() {
            check();
            check("*");
            check("\"" + tag.value() + "\"");
            check("\"x\"", "\"y\" , \"" + tag.value() + "\"");
            check("\"" + tag.variant("{}").value() + "\"");
            check("\"" + tag.value() + "--gzip\"");
        }

        @Test
        void another_version_and_weak_tags_are_stale() {
            assertStale("\"x\"");
            assertStale("W/\"" + tag.value() + "\"");
            assertStale("\"\"");
        }

        @ParameterizedTest
        @ValueSource(strings = {"x", "\"x", "\"x\" \"y\"", "*, \"x\"", "", "w/\"x\""})
        void what_is_no_list_of_tags_is_invalid(String value) {
            assertInvalid("If-Match", () -> Preconditions.parse(List.of(value)));
        }

        @Test
        void a_version_does_not_depend_on_the_name_of_the_host() {
            Resource other = resource.type()
                    .resource("1")
                    .attribute("title", "a")
                    .self("http://127.0.0.1/tasks/1")
                    .build();
            assertThat(VersionTag.of(other)).isEqualTo(tag);
            assertThat(VersionTag.of(resource.type()
                            .resource("1")
                            .attribute("title", "b")
                            .build()))
                    .isNotEqualTo(tag);
        }

        @Test
        void a_representation_is_compared_weakly_and_whole() {
            assertThat(TagList.parse("If-None-Match", List.of("W/\"" + tag.value() + "\""))
                            .orElseThrow()
                            .hasRepresentation(tag))
                    .isTrue();
            assertThat(TagList.parse("If-None-Match", List.of("\"" + tag.value() + "\""))
                            .orElseThrow()
                            .hasRepresentation(tag.variant("{}")))
                    .isFalse();
        }
    }
}
