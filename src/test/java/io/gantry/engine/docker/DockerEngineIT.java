package io.gantry.engine.docker;

import static io.gantry.engine.ContainerPlans.exec;
import static io.gantry.engine.ContainerPlans.shell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import io.gantry.engine.ContainerEngine;
import io.gantry.engine.ContainerEngineContract;
import io.gantry.engine.ContainerEvent;
import io.gantry.engine.ContainerId;
import io.gantry.engine.ContainerPlans;
import io.gantry.engine.ContainerState;
import io.gantry.engine.EngineRefused;
import io.gantry.engine.Follow;
import io.gantry.engine.OutputFeed;
import io.gantry.engine.RecordedOutput;
import io.gantry.engine.RemoveResult;
import io.gantry.engine.StartError;
import io.gantry.engine.StartResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The adapter against the Docker engine of this machine. */
class DockerEngineIT extends ContainerEngineContract {

    private static final DockerEngine ENGINE = TestDocker.engine();

    @BeforeAll
    static void have_an_image() {
        TestImages.busybox();
    }

    @AfterAll
    static void close() {
        ENGINE.close();
    }

    @Override
    protected ContainerEngine engine() {
        return ENGINE;
    }

    private RecordedOutput run(ContainerPlans plan) {
        ContainerId container = create(plan);
        RecordedOutput output = new RecordedOutput();
        try (OutputFeed feed = ENGINE.attach(container, output)) {
            assertThat(ENGINE.start(container)).isEqualTo(new StartResult.Started());
            assertThat(feed.await(LONG)).isEqualTo(OutputFeed.State.ENDED);
        }
        ended(container);
        return output;
    }

    @Nested
    class Commands {

        @Test
        void arguments_reach_the_process_as_they_are() {
            RecordedOutput output =
                    run(exec("printf", "[%s]", "a b", "", "$HOME", "\"'\\", "*", "-x", "zürich 🚢", "line\nbreak"));

            assertThat(output.text()).isEqualTo("[a b][][$HOME][\"'\\][*][-x][zürich 🚢][line\nbreak]");
        }

        @Test
        void environment_and_working_directory_and_user_are_given() {
            RecordedOutput output = run(shell("echo \"$GREETING|$EMPTY|$(pwd)|$(id -u)\"")
                    .environment("GREETING", "a=b c\tü")
                    .environment("EMPTY", "")
                    .workingDirectory("/new/folder")
                    .user("65534:65534"));

            assertThat(output.text()).isEqualTo("a=b c\tü||/new/folder|65534\n");
        }

        @Test
        void an_entrypoint_is_kept_cleared_or_replaced() {
            String image = TestImages.withEntrypoint();

            assertThat(run(exec().image(image)).text()).isEqualTo("from-entrypoint from-cmd\n");
            assertThat(run(exec("a").image(image)).text()).isEqualTo("from-entrypoint a\n");
            assertThat(run(exec("echo", "b").image(image).entrypoint()).text()).isEqualTo("b\n");
            assertThat(run(exec("c").image(image).entrypoint("/bin/echo", "own"))
                            .text())
                    .isEqualTo("own c\n");
        }

        @Test
        void what_is_not_executable_is_told() {
            ContainerId container = started(exec("/etc/passwd"));

            assertThat(ended(container).exitCode()).contains(126);
            assertThat(ENGINE.findExecFault(container)).contains("exec /etc/passwd failed: Permission denied");
        }

        @Test
        void an_unknown_user_cannot_start() {
            ContainerId container = create(shell(HELLO).user("nobody-knows"));

            assertThat(ENGINE.start(container))
                    .isInstanceOfSatisfying(
                            StartResult.CannotStart.class,
                            cannot -> assertThat(cannot.detail()).contains("unable to find user nobody-knows"));
            assertThat(stateOf(container).phase()).isEqualTo(ContainerState.Phase.CREATED);
            assertThat(stateOf(container).startError()).hasValueSatisfying(error -> {
                assertThat(error.fault()).isEqualTo(StartError.Fault.COMMAND);
                assertThat(error.detail()).contains("unable to find user nobody-knows");
            });
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '"',
                value = {
                    "here | the working directory 'here' is invalid, it needs to be an absolute path",
                    "/etc/passwd | Cannot mkdir: /etc/passwd is not a directory",
                    "/etc/passwd/x | lstat /etc/passwd/x: not a directory"
                })
        void a_working_directory_that_cannot_be_is_refused(String directory, String why) {
            assertThatThrownBy(() -> create(shell(HELLO).workingDirectory(directory)))
                    .isInstanceOf(EngineRefused.class)
                    .hasMessage(why);
        }
    }

    @Nested
    class Bytes {

        @Test
        void of_any_kind_arrive_exactly() {
            RecordedOutput output = run(shell("printf 'a\\0b\\377\\376\\r\\n\\033[1m'; printf 'no newline'"));

            byte[] expected = "a\0b\u00ff\u00fe\r\n\u001b[1mno newline".getBytes(StandardCharsets.ISO_8859_1);
            assertThat(output.bytes()).isEqualTo(expected);
        }

        @Test
        void in_great_number_arrive_exactly_on_both_streams_and_from_the_log() {
            ContainerId container =
                    create(shell("seq 1 200000 & seq 200001 400000 >&2; wait").keepingLog(4 << 20));
            RecordedOutput output = new RecordedOutput();
            try (OutputFeed feed = ENGINE.attach(container, output)) {
                ENGINE.start(container);
                assertThat(feed.await(LONG)).isEqualTo(OutputFeed.State.ENDED);
            }
            ended(container);

            assertThat(output.text()).isEqualTo(numbers(1, 200_000));
            assertThat(output.errorText()).isEqualTo(numbers(200_001, 400_000));
            assertThat(logOf(container).bytes()).isEqualTo(output.bytes());
            assertThat(logOf(container).errorBytes()).isEqualTo(output.errorBytes());
        }

        @Test
        void within_the_retention_are_never_rotated_away_whatever_the_line_length() {
            int bytes = 100_000;
            ContainerId emptyLines = started(shell("yes '' | head -n " + bytes).keepingLog(bytes));
            ContainerId oneLine =
                    started(shell("head -c " + bytes + " /dev/zero").keepingLog(bytes));
            ended(emptyLines);
            ended(oneLine);

            assertThat(logOf(emptyLines).bytes()).hasSize(bytes).containsOnly('\n');
            assertThat(logOf(oneLine).bytes()).hasSize(bytes).containsOnly(0);
        }

        @Test
        void of_the_last_moment_are_not_lost() {
            for (int i = 0; i < 5; i++) {
                ContainerId container = create(shell("echo first; printf last"));
                RecordedOutput followed = new RecordedOutput();
                RecordedOutput attached = new RecordedOutput();
                try (OutputFeed attach = ENGINE.attach(container, attached)) {
                    ENGINE.start(container);
                    try (OutputFeed follow = ENGINE.readLog(container, Follow.YES, followed)) {
                        follow.await(LONG);
                    }
                    attach.await(LONG);
                }
                ended(container);

                assertThat(attached.text()).isEqualTo("first\nlast");
                assertThat(logOf(container).text()).isEqualTo("first\nlast");
            }
        }

        private String numbers(int from, int to) {
            StringBuilder text = new StringBuilder();
            for (int i = from; i <= to; i++) {
                text.append(i).append('\n');
            }
            return text.toString();
        }
    }

    @Nested
    class Ends {

        @Test
        void out_of_memory_is_seen() {
            ContainerId container =
                    started(shell("x=a; while true; do x=$x$x; done").memory(16 << 20));

            ContainerState state = ended(container);

            assertThat(state.exitCode()).contains(137);
            assertThat(eventsOf(state)).hasAtLeastOneElementOfType(ContainerEvent.OutOfMemory.class);
        }

        @Test
        void a_process_that_kills_itself_leaves_no_signal_event() {
            ContainerId container = started(shell("sh -c 'kill -9 $$'; kill -TERM 1; sleep 5"));

            ContainerState state = ended(container);

            assertThat(eventsOf(state)).singleElement().isInstanceOf(ContainerEvent.Died.class);
        }

        @Test
        void a_stop_by_somebody_else_is_seen_as_a_signal() throws Exception {
            ContainerId container = up(shell(FOREVER));

            new ProcessBuilder("docker", "stop", container.value()).start().waitFor();

            ContainerState state = ended(container);
            assertThat(eventsOf(state))
                    .first()
                    .isInstanceOfSatisfying(
                            ContainerEvent.Signalled.class,
                            signalled -> assertThat(signalled.signal()).isEqualTo("TERM"));
        }

        @Test
        void an_exit_with_zero_after_an_out_of_memory_kill_shows_both() {
            ContainerId container = started(
                    shell("sh -c 'x=a; while true; do x=$x$x; done'; exit 0").memory(16 << 20));

            ContainerState state = ended(container);

            assertThat(state.exitCode()).contains(0);
            assertThat(state.oomKilled()).isTrue();
        }
    }

    @Nested
    class Fence {

        @Test
        void is_as_planned() {
            ContainerId container = create(shell(HELLO).memory(32 << 20).keepingLog(1 << 20));

            InspectContainerResponse inspected = TestDocker.inspect(container);

            HostConfig host = inspected.getHostConfig();
            assertThat(host.getInit()).isTrue();
            assertThat(host.getAutoRemove()).isFalse();
            assertThat(host.getPrivileged()).isFalse();
            assertThat(host.getRestartPolicy().getName()).isIn("", "no");
            assertThat(host.getMemory()).isEqualTo(32 << 20);
            assertThat(host.getMemorySwap()).isIn((long) (32 << 20), -1L);
            assertThat(host.getNanoCPUs()).isEqualTo(1_000_000_000L);
            assertThat(host.getPidsLimit()).isEqualTo(64L);
            assertThat(host.getSecurityOpts()).contains("no-new-privileges");
            assertThat(host.getCapDrop()).containsExactly(Capability.ALL);
            assertThat(host.getCapAdd()).isNullOrEmpty();
            assertThat(host.getNetworkMode()).isEqualTo("none");
            assertThat(host.getBinds()).isNullOrEmpty();
            assertThat(host.getLogConfig().getType()).isEqualTo(LogConfig.LoggingType.LOCAL);
            assertThat(inspected.getMounts()).isNullOrEmpty();
        }

        @Test
        void holds_inside() {
            RecordedOutput output = run(shell("grep -E '^(CapBnd|CapEff|NoNewPrivs)' /proc/self/status"));

            assertThat(output.text())
                    .containsPattern("CapEff:\\s0000000000000000")
                    .containsPattern("CapBnd:\\s0000000000000000")
                    .containsPattern("NoNewPrivs:\\s1");
        }
    }

    @Nested
    class Races {

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 2, 3})
        void of_start_and_unforced_removal_have_one_winner(int round) {
            ContainerId container = create(shell(FOREVER));
            CompletableFuture<StartResult> start = CompletableFuture.supplyAsync(() -> ENGINE.start(container));

            RemoveResult removed = ENGINE.removeUnstarted(container);

            boolean started = start.handle((result, failure) -> result instanceof StartResult.Started)
                    .join();
            assertThat(removed == RemoveResult.REMOVED).as("round %d", round).isNotEqualTo(started);
            assertThat(ENGINE.inspect(container).isPresent()).isEqualTo(started);
        }

        @Test
        void of_exit_and_event_are_over_once_the_event_is_told() {
            List<ContainerId> containers = List.of(started(shell(HELLO)), started(shell(HELLO)), started(shell(HELLO)));

            for (ContainerId container : containers) {
                assertThat(eventsOf(ended(container))).isNotEmpty();
            }
        }
    }

    @Test
    void two_engines_on_one_host_are_the_same_engine() {
        try (DockerEngine other = TestDocker.engine()) {
            assertThat(other.identify()).isEqualTo(ENGINE.identify());
        }
        assertThat(ENGINE.list(Map.of("io.gantry.test", marker))).isEmpty();
    }
}
