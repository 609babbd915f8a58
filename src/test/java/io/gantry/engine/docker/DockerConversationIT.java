package io.gantry.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dropwizard.util.Duration;
import io.gantry.engine.ContainerEvent;
import io.gantry.engine.ContainerId;
import io.gantry.engine.ContainerName;
import io.gantry.engine.EngineCalls;
import io.gantry.engine.EngineIdentity;
import io.gantry.engine.EngineRefused;
import io.gantry.engine.EngineUnavailable;
import io.gantry.engine.Follow;
import io.gantry.engine.OutputFeed;
import io.gantry.engine.RecordedOutput;
import io.gantry.engine.RemoveResult;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the adapter talks to engines that no machine has at hand: other versions, broken ones, silent ones. */
class DockerConversationIT {

    private static final ContainerId CONTAINER = new ContainerId("ab".repeat(32));
    private static final ContainerName NAME = new ContainerName("gantry-test");

    private final FakeDockerd dockerd = FakeDockerd.speaking("1.12", "1.41");
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final EngineCalls calls = (call, took, answer) -> told.add(call + " " + answer);
    private final DockerEngine engine = engine(Duration.seconds(5));

    private DockerEngine engine(Duration timeout) {
        DockerConfiguration configuration =
                new DockerConfiguration("", timeout, timeout, Duration.seconds(5), Duration.seconds(5), List.of());
        DockerHost host = new DockerHost(URI.create(dockerd.host()), Optional.empty());
        return new DockerEngine(host, configuration, calls);
    }

    @AfterEach
    void close() {
        engine.close();
        dockerd.close();
    }

    /** Answers the version question, and everything else as told. */
    private void answers(Function<String, String> behaviour) {
        dockerd.behaves(request ->
                request.equals("GET /version") ? FakeDockerd.versions("1.12", "1.41") : behaviour.apply(request));
    }

    @Nested
    class Versions {

        @ParameterizedTest
        @CsvSource({"1.12, 1.41, 1.41", "1.24, 1.43, 1.43", "1.40, 1.44, 1.44", "1.44, 1.52, 1.44", "1.12, 2.0, 1.44"})
        void the_newest_that_both_know_is_spoken(String least, String most, String spoken) {
            dockerd.behaves(request ->
                    request.equals("GET /version") ? FakeDockerd.versions(least, most) : FakeDockerd.notFound());

            assertThat(engine.inspect(NAME)).isEmpty();

            assertThat(dockerd.requests())
                    .containsExactly("GET /version", "GET /v" + spoken + "/containers/gantry-test/json");
        }

        @ParameterizedTest
        @CsvSource({"1.12, 1.40", "1.45, 1.60"})
        void without_a_common_one_the_engine_counts_as_unavailable(String least, String most) {
            dockerd.behaves(request -> FakeDockerd.versions(least, most));

            assertThatThrownBy(() -> engine.inspect(NAME))
                    .isInstanceOf(EngineUnavailable.class)
                    .hasMessageContaining("API versions " + least + " to " + most);
        }

        @Test
        void are_agreed_on_once() {
            assertThat(engine.inspect(NAME)).isEmpty();
            assertThat(engine.inspect(NAME)).isEmpty();

            assertThat(dockerd.requests()).containsOnlyOnce("GET /version");
        }

        @Test
        void are_agreed_on_anew_when_the_engine_was_upgraded() {
            assertThat(engine.inspect(NAME)).isEmpty();
            dockerd.behaves(request -> request.equals("GET /version")
                    ? FakeDockerd.versions("1.44", "1.52")
                    : request.contains("/v1.44/")
                            ? FakeDockerd.notFound()
                            : FakeDockerd.json(
                                    400, "{\"message\":\"client version 1.41 is too old. Minimum is 1.44\"}"));

            assertThatThrownBy(() -> engine.inspect(NAME)).isInstanceOf(EngineUnavailable.class);

            assertThat(engine.inspect(NAME)).isEmpty();
        }

        @Test
        void are_agreed_on_anew_after_a_failure() {
            assertThat(engine.inspect(NAME)).isEmpty();
            answers(request -> "garbage\r\n\r\n");
            assertThatThrownBy(() -> engine.inspect(NAME)).isInstanceOf(EngineUnavailable.class);
            dockerd.behaves(request ->
                    request.equals("GET /version") ? FakeDockerd.versions("1.12", "1.43") : FakeDockerd.notFound());

            assertThat(engine.inspect(NAME)).isEmpty();

            assertThat(dockerd.requests()).endsWith("GET /v1.43/containers/gantry-test/json");
        }
    }

    @Nested
    class BadAnswers {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "garbage",
                    "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{\"Id\"",
                    "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnope",
                    "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
                    "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]",
                    "HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n{\"State\":{}}",
                    "HTTP/1.1 200 OK\r\nContent-Length: 24\r\n\r\n{\"State\":{\"Status\":\"odd\"}}",
                    "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n",
                    "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 3\r\n\r\nbad",
                    "HTTP/1.1 503 Unavailable\r\nRetry-After: 1\r\nContent-Length: 3\r\n\r\nbad",
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"Id\"",
                })
        void are_never_taken_for_an_answer(String answer) {
            answers(request -> answer);

            assertThatThrownBy(() -> engine.inspect(NAME)).isInstanceOf(EngineUnavailable.class);
        }

        @Test
        void lists_are_lists() {
            answers(request -> FakeDockerd.json(200, "{}"));

            assertThatThrownBy(() -> engine.list(Map.of("a", "b"))).isInstanceOf(EngineUnavailable.class);
        }

        @Test
        void silence_ends_at_the_deadline_and_leaves_no_interruption_behind() {
            answers(request -> FakeDockerd.SILENCE);

            try (DockerEngine hasty = engine(Duration.seconds(1))) {
                assertThatThrownBy(() -> hasty.inspect(NAME))
                        .isInstanceOf(EngineUnavailable.class)
                        .hasMessage("the engine didn't answer 'inspect' within 1 s");
            }

            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }

        @Test
        void an_interrupted_caller_stays_interrupted() {
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> engine.inspect(NAME)).isInstanceOf(EngineUnavailable.class);

            assertThat(Thread.interrupted()).isTrue();
        }

        @Test
        void a_server_that_is_no_engine_is_named() {
            dockerd.behaves(request -> FakeDockerd.json(200, "{\"hello\":1}"));

            assertThatThrownBy(() -> engine.inspect(NAME))
                    .isInstanceOf(EngineUnavailable.class)
                    .hasMessageContaining("is no container engine");
        }

        @Test
        void no_server_is_named_by_its_reason() {
            dockerd.close();

            assertThatThrownBy(() -> engine.inspect(NAME))
                    .isInstanceOf(EngineUnavailable.class)
                    .hasMessageContaining("No such file or directory");
        }

        @Test
        void a_refusal_is_told_in_the_engines_words_on_one_line() {
            answers(request -> FakeDockerd.json(400, "{\"message\":\"invalid\\n  mount\"}"));

            assertThatThrownBy(() -> engine.inspect(NAME))
                    .isInstanceOf(EngineRefused.class)
                    .hasMessage("invalid mount");
        }
    }

    @Nested
    class OnceOnly {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "HTTP/1.1 503 Unavailable\r\nRetry-After: 0\r\nContent-Length: 3\r\n\r\nbad",
                    "HTTP/1.1 429 Too many\r\nRetry-After: 0\r\nContent-Length: 3\r\n\r\nbad",
                    "HTTP/1.1 307 Elsewhere\r\nLocation: http://localhost/other\r\nContent-Length: 0\r\n\r\n",
                    "garbage",
                    "HTTP/1.1 ",
                })
        void a_start_is_sent_whatever_the_answer(String answer) {
            answers(request -> answer);

            assertThatThrownBy(() -> engine.start(CONTAINER))
                    .isInstanceOfAny(EngineUnavailable.class, EngineRefused.class);

            assertThat(dockerd.requests())
                    .containsExactly("GET /version", "POST /v1.41/containers/" + CONTAINER + "/start");
        }
    }

    @Nested
    class Streams {

        private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/vnd.docker.raw-stream\r\n\r\n";

        private OutputFeed.State read(String frames, RecordedOutput output) {
            answers(request -> HEAD + frames);
            try (OutputFeed feed = engine.readLog(CONTAINER, Follow.NO, output)) {
                return feed.await(java.time.Duration.ofSeconds(5));
            }
        }

        @Test
        void end_well_between_two_frames() {
            RecordedOutput output = new RecordedOutput();

            assertThat(read("\1\0\0\0\0\0\0\2ab\2\0\0\0\0\0\0\1c\1\0\0\0\0\0\0\0", output))
                    .isEqualTo(OutputFeed.State.ENDED);

            assertThat(output.text()).isEqualTo("ab");
            assertThat(output.errorText()).isEqualTo("c");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\1\0\0\0\0\0\0\2a",
                    "\1\0\0\0\0\0\0\2",
                    "\1\0\0\0\0\0",
                    "\1",
                    "\3\0\0\0\0\0\0\1x",
                    "plain text of a terminal",
                    "\1\0\0\0\u00ff\u00ff\u00ff\u00ffabc",
                })
        void break_anywhere_else(String frames) {
            assertThat(read(frames, new RecordedOutput())).isEqualTo(OutputFeed.State.BROKEN);
        }
    }

    /** An engine ends them by its own clock, which isn't ours. */
    @Nested
    class Events {

        private static final Instant SINCE = Instant.parse("2020-01-01T10:00:00Z");
        private static final Instant UNTIL = Instant.parse("2020-01-01T11:00:00Z");

        private static String event(String action, String attributes) {
            return "{\"Action\":\"%s\",\"timeNano\":1577874600000000000,\"Actor\":{\"ID\":\"%s\",\"Attributes\":{%s}}}\n"
                    .formatted(action, CONTAINER, attributes);
        }

        private void tells(String... actions) {
            String events =
                    Arrays.stream(actions).map(action -> event(action, "")).collect(Collectors.joining());
            answers(request -> request.startsWith("DELETE ")
                    ? FakeDockerd.json(204, "")
                    : "HTTP/1.1 200 OK\r\n\r\n" + events + FakeDockerd.OPEN);
        }

        @Test
        void end_for_us_with_the_death_however_long_the_engine_goes_on() {
            tells("kill", "die");

            assertThat(engine.eventsOf(CONTAINER, SINCE, UNTIL))
                    .hasSize(2)
                    .last()
                    .isInstanceOf(ContainerEvent.Died.class);

            assertThat(dockerd.requests())
                    .last()
                    .asString()
                    .contains("?since=1577872800.000000000&")
                    .endsWith("&until=1577876400.000000000");
        }

        @Test
        void go_on_after_a_death_by_a_kill_that_nothing_has_explained_yet() {
            String died = event("die", "\"exitCode\":\"137\"");
            answers(request -> "HTTP/1.1 200 OK\r\n\r\n" + died + event("oom", "") + FakeDockerd.OPEN);

            assertThat(engine.eventsOf(CONTAINER, SINCE, UNTIL)).last().isInstanceOf(ContainerEvent.OutOfMemory.class);
        }

        @ParameterizedTest
        @CsvSource({"start, ABSENT", "create, REMOVED"})
        void tell_of_a_start_before_a_removal_whatever_our_time_is(String first, RemoveResult result) {
            tells(first, "destroy");

            assertThat(engine.removeUnstarted(CONTAINER)).isEqualTo(result);

            assertThat(dockerd.requests()).last().asString().doesNotContain("until");
        }
    }

    @Nested
    class Identity {

        private void isCalled(String id) {
            answers(request -> request.endsWith("/_ping")
                    ? "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK"
                    : FakeDockerd.json(
                            200,
                            "{\"ID\":\"" + id
                                    + "\",\"Name\":\"\",\"DockerRootDir\":\"\",\"LiveRestoreEnabled\":true}"));
        }

        @Test
        void is_confirmed_by_a_ping() {
            isCalled("one");

            EngineIdentity identity = engine.identify();
            assertThat(engine.identify()).isEqualTo(identity);

            assertThat(identity).isEqualTo(new EngineIdentity("one", "unknown", "1.41", EngineIdentity.LiveRestore.ON));
            assertThat(dockerd.requests()).containsExactly("GET /version", "GET /v1.41/info", "GET /v1.41/_ping");
        }

        @Test
        void is_asked_anew_after_a_failure() {
            isCalled("one");
            engine.identify();
            answers(request -> "garbage");
            assertThatThrownBy(engine::identify).isInstanceOf(EngineUnavailable.class);
            isCalled("two");

            assertThat(engine.identify().id()).isEqualTo("two");
        }

        @Test
        void is_told_apart_from_a_clone_on_another_host_and_from_a_second_engine_on_this_one() {
            answers(request ->
                    FakeDockerd.json(200, "{\"ID\":\"one\",\"Name\":\"host\",\"DockerRootDir\":\"/var/lib/docker\"}"));

            assertThat(engine.identify().id()).isEqualTo("one host /var/lib/docker");
        }

        @Test
        void without_an_id_is_none() {
            isCalled("");

            assertThatThrownBy(engine::identify).isInstanceOf(EngineUnavailable.class);
        }
    }

    @Test
    void every_call_is_told_with_its_kind_of_answer() {
        assertThat(engine.inspect(NAME)).isEmpty();
        answers(request -> FakeDockerd.json(400, "{\"message\":\"no\"}"));
        assertThatThrownBy(() -> engine.inspect(NAME)).isInstanceOf(EngineRefused.class);
        answers(request -> FakeDockerd.json(500, ""));
        assertThatThrownBy(() -> engine.start(CONTAINER)).isInstanceOf(EngineUnavailable.class);

        assertThat(told).containsExactly("inspect ANSWERED", "inspect REFUSED", "start UNAVAILABLE");
    }
}
