package io.gantry.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gantry.jsonapi.AttributeReader;
import io.gantry.jsonapi.RequestDocument;
import io.gantry.problem.Place;
import io.gantry.problem.Problem;
import io.gantry.problem.ProblemException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaskRulesTest {

    private static final String MINIMAL = "'title': 'Hello', 'image': 'busybox', 'command': 'echo hello'";

    @Nested
    class A_new_task {

        @Test
        void needs_no_more_than_title_image_and_command() {
            assertThat(create(MINIMAL))
                    .isEqualTo(new TaskDraft(
                            "Hello", Optional.empty(), TaskSpec.of("busybox", new Command.Shell("echo hello"))));
        }

        @Test
        void may_say_everything() {
            TaskDraft draft = create("""
                    'title': 'T', 'description': 'D', 'image': 'ghcr.io/a/b:1.2', 'command': ['-c', ''],
                    'entrypoint': ['/bin/sh'], 'workingDirectory': '/tmp', 'user': '1000:1000',
                    'environment': {'_A1': 'x=y', 'B': ''}, 'stopGracePeriod': '2m', 'timeout': '90s', 'labels': {'team': 'a b'},
                    'resources': {'cpus': 0.50, 'memory': '1GiB', 'pids': 100, 'nofile': 2048, 'shmSize': '128MiB'},
                    'sandbox': 'strict', 'network': 'none', 'runtime': null, 'pullPolicy': 'never', 'queueTimeout': '10m',
                    'retries': {'limit': 2, 'backoff': '5s', 'on': ['timeout', 'exit-code', 'timeout']}""");

            assertThat(draft)
                    .isEqualTo(new TaskDraft(
                            "T",
                            Optional.of("D"),
                            new TaskSpec.Builder("ghcr.io/a/b:1.2", new Command.Exec(List.of("-c", "")))
                                    .entrypoint(Optional.of(List.of("/bin/sh")))
                                    .workingDirectory(Optional.of("/tmp"))
                                    .user(Optional.of("1000:1000"))
                                    .environment(Map.of("_A1", "x=y", "B", ""))
                                    .labels(Map.of("team", "a b"))
                                    .stopGracePeriod(Duration.ofMinutes(2))
                                    .timeout(Duration.ofSeconds(90))
                                    .resources(new Resources(new BigDecimal("0.5"), 1L << 30, 100, 2048, 128L << 20))
                                    .confinement(new Confinement(Sandbox.STRICT, "none", Optional.empty()))
                                    .pullPolicy(PullPolicy.NEVER)
                                    .queueTimeout(Optional.of(Duration.ofMinutes(10)))
                                    .retries(new Retries(2, Duration.ofSeconds(5), List.of("timeout", "exit-code")))
                                    .build()));
        }

        @Test
        void may_have_null_for_what_is_optional() {
            assertThat(create(MINIMAL + """
                                    , 'description': null, 'entrypoint': null, 'workingDirectory': null, 'user': null,
                                    'environment': null, 'stopGracePeriod': null, 'timeout': null, 'labels': null,
                                    'resources': null, 'sandbox': null, 'network': null, 'runtime': null,
                                    'pullPolicy': null, 'queueTimeout': null, 'retries': null""")).isEqualTo(create(MINIMAL));
        }

        @Test
        void may_clear_the_entrypoint() {
            assertThat(create("'title': 'T', 'image': 'i', 'command': ['ls'], 'entrypoint': []")
                            .spec()
                            .entrypoint())
                    .contains(List.of());
        }

        @Test
        void has_a_title_of_255_characters_at_most_however_wide() {
            assertThat(create("'title': '" + "😀".repeat(255) + "', 'image': 'i', 'command': 'c'")
                            .title())
                    .hasSize(510);
            assertThat(problems("'title': '" + "x".repeat(256) + "', 'image': 'i', 'command': 'c'"))
                    .singleElement()
                    .satisfies(p -> assertThat(p.detail()).contains("255").contains("256"));
        }
    }

    @Nested
    class What_is_wrong {

        @Test
        void is_told_all_at_once_one_problem_for_each_attribute() {
            List<Problem> problems = problems("'title': '', 'image': 'UPPER/case', 'comand': 'x', 'user': 7");

            assertThat(problems)
                    .extracting(Problem::place)
                    .containsExactlyInAnyOrder(
                            Place.pointer("/data/attributes/title"),
                            Place.pointer("/data/attributes/image"),
                            Place.pointer("/data/attributes/comand"),
                            Place.pointer("/data/attributes/user"),
                            Place.pointer("/data/attributes"));
            assertThat(problems).allSatisfy(p -> assertThat(p.code().code()).isEqualTo("invalid-attribute"));
        }

        @Test
        void is_placed_at_the_parent_when_something_is_missing() {
            assertThat(problems(""))
                    .extracting(Problem::place)
                    .containsExactly(
                            Place.pointer("/data/attributes"),
                            Place.pointer("/data/attributes"),
                            Place.pointer("/data/attributes"));
            assertThat(problems(() -> TaskRules.create(
                            RequestDocument.forCreation(
                                            "{\"data\": {}}".getBytes(StandardCharsets.UTF_8), TaskDocument.TASKS)
                                    .attributes(),
                            TaskPolicy.STANDARD)))
                    .extracting(Problem::place)
                    .containsExactly(Place.pointer("/data"), Place.pointer("/data"), Place.pointer("/data"));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '"',
                value = {
                    "title | null",
                    "title | 7",
                    "title | ['a']",
                    "image | null",
                    "image | ''",
                    "image | 'a b'",
                    "image | {}",
                    "command | null",
                    "command | ''",
                    "command | 7",
                    "command | []",
                    "command | ['a', 7]",
                    "command | ['a', null]",
                    "command | {'a': 'b'}",
                    "description | 7",
                    "entrypoint | 'sh'",
                    "entrypoint | ['sh']",
                    "workingDirectory | ''",
                    "workingDirectory | 'tmp'",
                    "workingDirectory | '../tmp'",
                    "user | ''",
                    "user | 'a b'",
                    "user | 'a:'",
                    "user | 'a:b:c'",
                    "environment | 'A=b'",
                    "environment | ['A=b']",
                    "environment | {'A': 7}",
                    "environment | {'A': null}",
                    "environment | {'': 'a'}",
                    "environment | {'1A': 'a'}",
                    "environment | {'A-B': 'a'}",
                    "stopGracePeriod | 10",
                    "stopGracePeriod | '10'",
                    "stopGracePeriod | '-1s'",
                    "stopGracePeriod | '1500ms'",
                    "stopGracePeriod | '61m'",
                    "timeout | 10",
                    "timeout | '0s'",
                    "timeout | '1500ms'",
                    "timeout | '86401s'",
                    "timeout | 'soon'",
                    "labels | {'Team': 'a'}",
                    "labels | {'io.gantry.run': 'a'}",
                    "labels | {'signal': 'a'}",
                    "labels | {'team': 7}",
                    "resources | 'much'",
                    "pullPolicy | 'sometimes'",
                    "sandbox | 'privileged'",
                    "network | 'host'",
                    "network | 'container:x'",
                    "runtime | 'runsc'",
                    "queueTimeout | '0s'",
                    "retries | 3",
                    "ressources | {}",
                    "tilte | 'x'",
                })
        void is_placed_at_the_attribute(String attribute, String value) {
            assertThat(problems("'" + attribute + "': " + value + without(attribute)))
                    .singleElement()
                    .satisfies(p -> assertThat(p.place()).isEqualTo(Place.pointer("/data/attributes/" + attribute)))
                    .satisfies(p -> assertThat(p.detail()).endsWith("."));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '"',
                value = {
                    "cpus | '1' | number",
                    "cpus | 0.001 | 0.01",
                    "cpus | 64.5 | 64,",
                    "cpus | 0.1234 | 3 digits",
                    "memory | 1000000000 | string",
                    "memory | '512' | unit",
                    "memory | '1KiB' | 6MiB",
                    "memory | '65GiB' | 64GiB, the most that the operator allows",
                    "pids | 1 | from 4 to 32768",
                    "pids | 10.5 | whole",
                    "pids | 1e30 | whole",
                    "nofile | 65537 | 65536, the most that the operator allows",
                    "shmSize | '5GiB' | 4GiB",
                    "swap | '1GiB' | no attribute",
                })
        void is_placed_inside_of_an_object_and_says_what_would_be_right(String member, String value, String words) {
            assertThat(problems(MINIMAL + ", 'resources': {'" + member + "': " + value + "}"))
                    .singleElement()
                    .satisfies(
                            p -> assertThat(p.place()).isEqualTo(Place.pointer("/data/attributes/resources/" + member)))
                    .satisfies(p -> assertThat(p.detail()).contains(words));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '"',
                value = {
                    "'user': 'nobody' | user",
                    "'user': '0' | user",
                    "'user': '1000:0' | user",
                    "'network': 'bridge' | network",
                })
        void is_what_a_strict_sandbox_cannot_have(String attribute, String place) {
            assertThat(problems(MINIMAL + ", 'sandbox': 'strict', " + attribute))
                    .singleElement()
                    .extracting(Problem::place)
                    .isEqualTo(Place.pointer("/data/attributes/" + place));
        }

        @Test
        void is_an_image_that_the_operator_does_not_allow() {
            TaskPolicy policy = new TaskPolicy(
                    TimeLimits.STANDARD,
                    ResourceLimits.STANDARD,
                    RetryLimits.STANDARD,
                    ConfinementPolicy.STANDARD,
                    new ImagePatterns(List.of("ghcr.io/team/*")));

            assertThat(problems(() -> TaskRules.create(in(MINIMAL), policy)))
                    .singleElement()
                    .satisfies(p -> {
                        assertThat(p.place()).isEqualTo(Place.pointer("/data/attributes/image"));
                        assertThat(p.detail()).contains("docker.io/library/busybox:latest", "ghcr.io/team/*");
                    });
        }

        static Stream<Arguments> too_much() {
            return Stream.of(
                    Arguments.of("description", "'" + "x".repeat(10_001) + "'"),
                    Arguments.of("command", "'" + "ü".repeat(32 * 1024) + "x'"),
                    Arguments.of("command", "[" + "'x',".repeat(256) + "'x']"),
                    Arguments.of("command", "['" + "x".repeat(40_000) + "', '" + "x".repeat(40_000) + "']"),
                    Arguments.of("workingDirectory", "'/" + "x".repeat(4096) + "'"),
                    Arguments.of("environment", "{'A': '" + "x".repeat(64 * 1024) + "'}"));
        }

        @ParameterizedTest
        @MethodSource
        void too_much(String attribute, String value) {
            assertThat(problems("'" + attribute + "': " + value + without(attribute)))
                    .singleElement()
                    .extracting(Problem::place)
                    .isEqualTo(Place.pointer("/data/attributes/" + attribute));
        }

        @Test
        void has_a_valid_pointer_whatever_the_attribute_is_called() {
            assertThat(problems(MINIMAL + ", 'a/b~c': 1"))
                    .singleElement()
                    .extracting(Problem::place)
                    .isEqualTo(Place.pointer("/data/attributes/a~1b~0c"));
        }
    }

    @Nested
    class A_change {

        private final TaskDraft before = create(
                "'title': 'T', 'description': 'D', 'image': 'i', 'command': ['ls'], 'entrypoint': ['env'], 'user': 'u'");

        @Test
        void keeps_what_it_does_not_name() {
            assertThat(change("")).isEqualTo(before);
            assertThat(change("'title': 'New'")).isEqualTo(new TaskDraft("New", before.description(), before.spec()));
        }

        @Test
        void clears_with_null() {
            TaskDraft after = change("'description': null, 'entrypoint': null, 'user': null");

            assertThat(after.description()).isEmpty();
            assertThat(after.spec()).isEqualTo(TaskSpec.of("i", new Command.Exec(List.of("ls"))));
        }

        @ParameterizedTest
        @ValueSource(strings = {"'title': null", "'image': null", "'command': null", "'title': ''"})
        void can_not_clear_what_is_required(String change) {
            assertThatThrownBy(() -> change(change)).isInstanceOf(ProblemException.class);
        }

        @Test
        void can_not_make_a_string_command_beside_an_entrypoint() {
            assertThat(problems(() -> change("'command': 'ls'")))
                    .singleElement()
                    .extracting(Problem::place)
                    .isEqualTo(Place.pointer("/data/attributes/command"));
            assertThat(change("'command': 'ls', 'entrypoint': null").spec().entrypoint())
                    .isEmpty();
        }

        private TaskDraft change(String attributes) {
            return TaskRules.change(before, in(attributes), TaskPolicy.STANDARD);
        }
    }

    private static TaskDraft create(String attributes) {
        return TaskRules.create(in(attributes), TaskPolicy.STANDARD);
    }

    private static List<Problem> problems(String attributes) {
        return problems(() -> create(attributes));
    }

    private static List<Problem> problems(ThrowingCallable call) {
        return catchThrowableOfType(ProblemException.class, call).problems();
    }

    /** What a valid task needs besides this attribute. */
    private static String without(String attribute) {
        return Stream.of("'title': 'Hello'", "'image': 'busybox'", "'command': 'echo hello'")
                .filter(other -> !other.startsWith("'" + attribute + "'"))
                .collect(Collectors.joining(", ", ", ", ""));
    }

    /** Reads attributes in JSON with single quotes and without the outer braces. */
    private static AttributeReader in(String attributes) {
        String document = "{'data': {'attributes': {" + attributes + "}}}";
        return RequestDocument.forCreation(
                        document.replace('\'', '"').getBytes(StandardCharsets.UTF_8), TaskDocument.TASKS)
                .attributes();
    }
}
