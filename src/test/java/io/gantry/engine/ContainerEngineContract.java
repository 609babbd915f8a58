package io.gantry.engine;

import static io.gantry.engine.ContainerPlans.exec;
import static io.gantry.engine.ContainerPlans.shell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What every container engine must do, the real one and the one in memory alike. */
public abstract class ContainerEngineContract {

    protected static final Duration LONG = Duration.ofSeconds(60);
    protected static final Duration MOMENT = Duration.ofMillis(100);

    protected static final String HELLO = "echo hello";
    protected static final String BOTH_STREAMS = "echo out; echo err >&2; exit 3";
    protected static final String FOREVER = "echo up; sleep 1000";
    protected static final String DEAF = "trap '' TERM; echo deaf; sleep 1000 & wait; wait";
    protected static final String NOT_FOUND_OF_ITS_OWN = "echo trying; exit 127";

    private static final String LABEL = "io.gantry.test";

    protected final String marker = UUID.randomUUID().toString();

    protected abstract ContainerEngine engine();

    @AfterEach
    void remove_what_is_left() {
        engine().list(Map.of(LABEL, marker)).forEach(c -> engine().remove(c.id()));
    }

    protected ContainerId create(ContainerPlans plan) {
        CreateResult result = engine().create(plan.label(LABEL, marker).plan());
        assertThat(result).isInstanceOf(CreateResult.Created.class);
        return ((CreateResult.Created) result).container();
    }

    protected ContainerId started(ContainerPlans plan) {
        ContainerId container = create(plan);
        assertThat(engine().start(container)).isEqualTo(new StartResult.Started());
        return container;
    }

    /** Started, and so far that it has written something. */
    protected ContainerId up(ContainerPlans plan) {
        ContainerId container = create(plan);
        RecordedOutput output = new RecordedOutput();
        try (OutputFeed feed = engine().attach(container, output)) {
            engine().start(container);
            Awaitility.await().atMost(LONG).until(() -> output.bytes().length > 0);
            assertThat(feed.await(Duration.ZERO)).isEqualTo(OutputFeed.State.FLOWING);
        }
        return container;
    }

    protected ContainerState stateOf(ContainerId container) {
        return engine().inspect(container).orElseThrow();
    }

    protected ContainerState ended(ContainerId container) {
        engine().awaitExit(container, LONG);
        ContainerState state = stateOf(container);
        assertThat(state.phase()).isEqualTo(ContainerState.Phase.EXITED);
        return state;
    }

    /** As soon as the engine tells of the end. */
    protected List<ContainerEvent> eventsOf(ContainerState ended) {
        return engine().eventsOf(
                        ended.id(),
                        ended.startedAt().orElseThrow(),
                        ended.finishedAt().orElseThrow().plusSeconds(5));
    }

    protected RecordedOutput logOf(ContainerId container) {
        RecordedOutput output = new RecordedOutput();
        try (OutputFeed feed = engine().readLog(container, Follow.NO, output)) {
            assertThat(feed.await(LONG)).isEqualTo(OutputFeed.State.ENDED);
        }
        return output;
    }

    @Nested
    class Engine {

        @Test
        void says_who_it_is_the_same_each_time() {
            EngineIdentity identity = engine().identify();

            assertThat(identity.id()).isNotBlank();
            assertThat(engine().identify()).isEqualTo(identity);
        }

        @Test
        void knows_which_images_it_has() {
            assertThat(engine().findImage(new ImageReference("busybox")))
                    .hasValueSatisfying(image -> assertThat(image.digest()).matches("sha256:[0-9a-f]{64}"));
            assertThat(engine().findImage(new ImageReference("gantry.invalid/nothing")))
                    .isEmpty();
        }
    }

    @Nested
    class Creating {

        @Test
        void makes_a_container_that_does_not_run() {
            ContainerPlans plan = shell(HELLO).label("a", "b=c, d");
            ContainerId container = create(plan);

            ContainerState state = stateOf(container);

            assertThat(state.phase()).isEqualTo(ContainerState.Phase.CREATED);
            assertThat(state.exitCode()).isEmpty();
            assertThat(state.startedAt()).isEmpty();
            assertThat(state.finishedAt()).isEmpty();
            assertThat(state.labels()).containsEntry("a", "b=c, d");
            assertThat(engine().inspect(plan.plan().name())).contains(state);
        }

        @Test
        void a_name_is_taken_once() {
            ContainerPlans plan = shell(HELLO);
            create(plan);

            assertThat(engine().create(plan.plan())).isEqualTo(new CreateResult.NameTaken());
        }

        @Test
        void needs_the_image() {
            CreateResult result =
                    engine().create(shell(HELLO).image("gantry.invalid/nothing").plan());

            assertThat(result).isInstanceOf(CreateResult.NoSuchImage.class);
        }
    }

    @Nested
    class Running {

        @Test
        void gives_both_streams_and_the_exit_code() {
            ContainerId container = create(shell(BOTH_STREAMS));
            RecordedOutput output = new RecordedOutput();

            try (OutputFeed feed = engine().attach(container, output)) {
                assertThat(engine().start(container)).isEqualTo(new StartResult.Started());
                assertThat(feed.await(LONG)).isEqualTo(OutputFeed.State.ENDED);
            }

            ContainerState state = ended(container);
            assertThat(state.exitCode()).contains(3);
            assertThat(state.oomKilled()).isFalse();
            assertThat(state.startedAt()).isPresent();
            assertThat(state.finishedAt().orElseThrow())
                    .isAfterOrEqualTo(state.startedAt().orElseThrow());
            assertThat(output.text()).isEqualTo("out\n");
            assertThat(output.errorText()).isEqualTo("err\n");
        }

        @Test
        void a_second_start_changes_nothing() {
            ContainerId container = up(shell(FOREVER));
            ContainerState before = stateOf(container);

            assertThat(engine().start(container)).isEqualTo(new StartResult.Started());

            assertThat(stateOf(container)).isEqualTo(before);
        }

        @Test
        void what_is_not_there_is_not_started() {
            ContainerId container = create(shell(HELLO));
            engine().remove(container);

            assertThat(engine().start(container)).isEqualTo(new StartResult.Absent());
        }

        @Test
        void waiting_ends_when_the_time_is_up() {
            ContainerId container = up(shell(FOREVER));

            engine().awaitExit(container, MOMENT);

            assertThat(stateOf(container).phase()).isEqualTo(ContainerState.Phase.RUNNING);
        }

        @Test
        void a_command_that_is_not_there_is_told_apart_from_one_that_returns_127() {
            ContainerId missing = started(exec("no-such-command", "argument"));
            ContainerId own = started(shell(NOT_FOUND_OF_ITS_OWN));

            assertThat(ended(missing).exitCode()).contains(127);
            assertThat(ended(own).exitCode()).contains(127);
            assertThat(engine().findExecFault(missing))
                    .hasValueSatisfying(fault -> assertThat(fault).contains("no-such-command"));
            assertThat(engine().findExecFault(own)).isEmpty();
        }
    }

    @Nested
    class Output {

        @Test
        void the_log_holds_what_the_feed_gave() {
            ContainerId container = started(shell(BOTH_STREAMS));
            ended(container);

            RecordedOutput log = logOf(container);

            assertThat(log.text()).isEqualTo("out\n");
            assertThat(log.errorText()).isEqualTo("err\n");
        }

        @Test
        void a_log_can_be_followed_from_its_beginning_to_the_end_of_the_container() {
            ContainerId container = up(shell(FOREVER));
            RecordedOutput output = new RecordedOutput();

            try (OutputFeed feed = engine().readLog(container, Follow.YES, output)) {
                Awaitility.await().atMost(LONG).until(() -> output.text().equals("up\n"));
                assertThat(feed.await(MOMENT)).isEqualTo(OutputFeed.State.FLOWING);
                engine().signal(container, "KILL");
                assertThat(feed.await(LONG)).isEqualTo(OutputFeed.State.ENDED);
            }
        }

        @Test
        void a_feed_that_was_closed_gives_nothing_more() {
            ContainerId container = create(shell(HELLO));
            RecordedOutput output = new RecordedOutput();
            OutputFeed feed = engine().attach(container, output);

            feed.close();
            feed.close();

            engine().start(container);
            ended(container);
            assertThat(output.bytes()).isEmpty();
            assertThat(feed.await(LONG)).isEqualTo(OutputFeed.State.BROKEN);
            assertThat(logOf(container).text()).isEqualTo("hello\n");
        }

        @Test
        void a_sink_that_fails_breaks_the_feed_only() {
            ContainerId container = create(shell(HELLO));

            try (OutputFeed feed = engine().attach(container, (stream, bytes, offset, length) -> {
                throw new IllegalStateException("full");
            })) {
                engine().start(container);
                assertThat(feed.await(LONG)).isEqualTo(OutputFeed.State.BROKEN);
            }

            assertThat(ended(container).exitCode()).contains(0);
        }

        @Test
        void nothing_can_be_read_of_what_is_not_there() {
            ContainerId container = create(shell(HELLO));
            engine().remove(container);

            assertThatThrownBy(() -> engine().attach(container, new RecordedOutput()))
                    .isInstanceOf(EngineRefused.class);
            assertThatThrownBy(() -> engine().readLog(container, Follow.NO, new RecordedOutput()))
                    .isInstanceOf(EngineRefused.class);
        }
    }

    @Nested
    class Ending {

        @Test
        void term_ends_it_with_143() {
            ContainerId container = up(shell(FOREVER));

            engine().signal(container, "TERM");

            assertThat(ended(container).exitCode()).contains(143);
        }

        @Test
        void kill_ends_what_ignores_term() {
            ContainerId container = up(shell(DEAF));

            engine().signal(container, "TERM");
            engine().awaitExit(container, MOMENT);
            assertThat(stateOf(container).phase()).isEqualTo(ContainerState.Phase.RUNNING);

            engine().signal(container, "KILL");
            assertThat(ended(container).exitCode()).contains(137);
        }

        @Test
        void a_signal_to_what_does_not_run_is_no_error() {
            ContainerId container = create(shell(HELLO));
            engine().signal(container, "TERM");
            engine().start(container);
            ended(container);

            engine().signal(container, "TERM");
            engine().remove(container);
            engine().signal(container, "KILL");

            assertThat(engine().inspect(container)).isEmpty();
        }

        @Test
        void its_events_tell_an_end_of_its_own_from_a_signal() {
            ContainerId own = started(shell(BOTH_STREAMS));
            ContainerId killed = up(shell(DEAF));
            engine().signal(killed, "TERM");
            engine().signal(killed, "KILL");

            ContainerState ownEnd = ended(own);
            ContainerState killedEnd = ended(killed);

            assertThat(events(ownEnd)).containsExactly("died 3");
            assertThat(events(killedEnd)).containsExactly("TERM", "KILL", "died 137");
        }

        private List<String> events(ContainerState state) {
            List<String> words = new ArrayList<>();
            for (ContainerEvent event : eventsOf(state)) {
                assertThat(event.at())
                        .isBetween(
                                state.startedAt().orElseThrow(),
                                state.finishedAt().orElseThrow().plusSeconds(5));
                words.add(word(event));
            }
            return words;
        }

        private String word(ContainerEvent event) {
            if (event instanceof ContainerEvent.Signalled signalled) {
                return signalled.signal();
            }
            return event instanceof ContainerEvent.Died died ? "died " + died.exitCode() : "oom";
        }
    }

    @Nested
    class Removing {

        @Test
        void can_be_repeated() {
            ContainerId container = up(shell(FOREVER));

            engine().remove(container);
            engine().remove(container);

            assertThat(engine().inspect(container)).isEmpty();
        }

        @Test
        void takes_what_never_ran() {
            ContainerId container = create(shell(HELLO));

            assertThat(engine().removeUnstarted(container)).isEqualTo(RemoveResult.REMOVED);
            assertThat(engine().removeUnstarted(container)).isEqualTo(RemoveResult.ABSENT);
            assertThat(engine().inspect(container)).isEmpty();
        }

        @Test
        void leaves_what_runs_unless_told_otherwise() {
            ContainerId container = up(shell(FOREVER));

            assertThat(engine().removeUnstarted(container)).isEqualTo(RemoveResult.STARTED);
            assertThat(stateOf(container).phase()).isEqualTo(ContainerState.Phase.RUNNING);
        }

        @Test
        void never_calls_unstarted_what_has_run_already() {
            ContainerId container = started(shell(HELLO));
            ended(container);

            assertThat(engine().removeUnstarted(container)).isEqualTo(RemoveResult.ABSENT);
        }
    }

    @Nested
    class Listing {

        @Test
        void finds_by_all_labels_whatever_the_state() {
            ContainerId first = create(shell(HELLO).label("n", "1"));
            ContainerId second = up(shell(FOREVER).label("n", "2"));
            ContainerId third = started(shell(HELLO).label("n", "2"));
            ended(third);

            assertThat(engine().list(Map.of(LABEL, marker)))
                    .extracting(ContainerSummary::id)
                    .containsExactlyInAnyOrder(first, second, third);
            assertThat(engine().list(Map.of(LABEL, marker, "n", "2")))
                    .extracting(ContainerSummary::id)
                    .containsExactlyInAnyOrder(second, third);
            assertThat(engine().list(Map.of(LABEL, marker, "n", "3"))).isEmpty();
        }

        @Test
        void gives_names_labels_and_the_time_of_creation() {
            ContainerPlans plan = shell(HELLO).label("n", "1");
            create(plan);

            assertThat(engine().list(Map.of(LABEL, marker))).singleElement().satisfies(summary -> {
                assertThat(summary.name()).isEqualTo(plan.plan().name().value());
                assertThat(summary.labels()).containsEntry("n", "1");
                assertThat(summary.createdAt()).isAfterOrEqualTo(FakeEngine.START_OF_TIME);
            });
        }
    }
}
