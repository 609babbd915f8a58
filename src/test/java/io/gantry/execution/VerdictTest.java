package io.gantry.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.engine.ContainerEvent;
import io.gantry.engine.ContainerId;
import io.gantry.engine.ContainerState;
import io.gantry.execution.Verdict.Stop;
import io.gantry.run.Failure;
import io.gantry.run.FailureCode;
import io.gantry.run.Outcome;
import io.gantry.run.RunStatus;
import io.gantry.task.Command;
import io.gantry.task.TaskSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VerdictTest {

    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

    private static final TaskSpec HOUR = lasting(Duration.ofHours(1));

    private final Verdict verdict = new Verdict();

    @Test
    void zero_by_itself_is_success() {
        assertThat(verdict.of(exited(0), List.of(died(0)), Stop.NONE, HOUR).status())
                .isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void any_other_code_by_itself_is_an_exit_code() {
        assertFailed(verdict.of(exited(3), List.of(died(3)), Stop.NONE, HOUR), FailureCode.EXIT_CODE, 3);
    }

    @Test
    void a_task_that_kills_itself_has_an_exit_code_like_any_other() {
        assertFailed(verdict.of(exited(137), List.of(died(137)), Stop.NONE, HOUR), FailureCode.EXIT_CODE, 137);
    }

    @Test
    void killed_at_the_memory_limit_is_out_of_memory_and_names_the_limit() {
        Outcome outcome =
                verdict.of(outOfMemory(137), List.of(new ContainerEvent.OutOfMemory(AT), died(137)), Stop.NONE, HOUR);

        assertFailed(outcome, FailureCode.OUT_OF_MEMORY, 137);
        assertThat(outcome.failure().map(Failure::detail).orElse("")).contains("512MiB");
        assertThat(outcome.oom()).isEqualTo(Outcome.OomKill.SEEN);
    }

    @Test
    void an_engine_that_hears_of_it_after_the_death_has_no_flag_but_the_event() {
        Outcome outcome =
                verdict.of(exited(137), List.of(died(137), new ContainerEvent.OutOfMemory(AT)), Stop.NONE, HOUR);

        assertFailed(outcome, FailureCode.OUT_OF_MEMORY, 137);
        assertThat(outcome.oom()).isEqualTo(Outcome.OomKill.SEEN);
    }

    @Test
    void a_command_that_fails_since_a_child_was_killed_at_the_memory_limit_is_out_of_memory_too() {
        Outcome outcome = verdict.of(outOfMemory(2), List.of(died(2)), Stop.NONE, HOUR);

        assertFailed(outcome, FailureCode.OUT_OF_MEMORY, 2);
        assertThat(outcome.failure().map(Failure::detail).orElse("")).contains("512MiB", "returned 2");
    }

    @Test
    void a_run_that_survives_the_death_of_a_child_for_memory_succeeds_and_keeps_the_fact() {
        Outcome outcome = verdict.of(outOfMemory(0), List.of(died(0)), Stop.NONE, HOUR);

        assertThat(outcome.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(outcome.oom()).isEqualTo(Outcome.OomKill.SEEN);
    }

    @Test
    void a_signal_that_is_not_ours_makes_the_container_lost_whatever_the_code() {
        assertFailed(
                verdict.of(exited(137), List.of(signal("KILL"), died(137)), Stop.NONE, HOUR),
                FailureCode.CONTAINER_LOST,
                137);
        assertFailed(
                verdict.of(exited(0), List.of(signal("TERM"), died(0)), Stop.NONE, HOUR),
                FailureCode.CONTAINER_LOST,
                0);
    }

    @Test
    void a_kill_that_is_not_ours_makes_the_container_lost_though_a_child_was_killed_for_memory_before() {
        List<ContainerEvent> events = List.of(new ContainerEvent.OutOfMemory(AT), signal("KILL"), died(137));

        assertFailed(verdict.of(outOfMemory(137), events, Stop.NONE, HOUR), FailureCode.CONTAINER_LOST, 137);
    }

    @Test
    void killed_at_the_memory_limit_after_another_signal_is_out_of_memory() {
        List<ContainerEvent> events = List.of(signal("HUP"), new ContainerEvent.OutOfMemory(AT), died(137));

        assertFailed(verdict.of(outOfMemory(137), events, Stop.NONE, HOUR), FailureCode.OUT_OF_MEMORY, 137);
    }

    @Test
    void an_end_that_the_engine_does_not_remember_makes_the_container_lost() {
        assertFailed(verdict.of(exited(137), List.of(), Stop.NONE, HOUR), FailureCode.CONTAINER_LOST, 137);
    }

    @Test
    void our_signal_before_the_end_makes_it_cancelled_with_the_true_code() {
        Outcome outcome = verdict.of(exited(143), List.of(signal("TERM"), died(143)), Stop.REQUESTED, HOUR);

        assertThat(outcome.status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(outcome.exitCode()).contains(143);
    }

    @Test
    void an_end_that_came_before_our_signal_is_the_true_one() {
        Outcome outcome = verdict.of(exited(0), List.of(died(0)), Stop.REQUESTED, HOUR);

        assertThat(outcome.status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void our_signal_when_its_time_is_over_makes_it_timed_out_with_the_true_code() {
        Outcome outcome = verdict.of(exited(143), List.of(signal("TERM"), died(143)), Stop.OVERDUE, HOUR);

        assertThat(outcome.status()).isEqualTo(RunStatus.TIMED_OUT);
        assertThat(outcome.exitCode()).contains(143);
        assertThat(outcome.failure().map(Failure::code)).contains(FailureCode.TIMEOUT);
        assertThat(outcome.failure().map(Failure::detail).orElse("")).contains("1h");
    }

    @Test
    void a_signal_after_its_time_is_ours_also_when_nobody_remembers_sending_it() {
        TaskSpec tooShort = lasting(Duration.ofMillis(900));

        assertThat(verdict.of(exited(0), List.of(lateSignal(), died(0)), Stop.NONE, tooShort)
                        .status())
                .isEqualTo(RunStatus.TIMED_OUT);
        assertThat(verdict.of(exited(0), List.of(lateSignal(), died(0)), Stop.REQUESTED, tooShort)
                        .status())
                .isEqualTo(RunStatus.TIMED_OUT);
    }

    @Test
    void a_request_to_end_that_was_served_before_its_time_was_over_counts() {
        List<ContainerEvent> events = List.of(signal("TERM"), lateSignal(), died(137));

        assertThat(verdict.of(exited(137), events, Stop.REQUESTED, lasting(Duration.ofMillis(900)))
                        .status())
                .isEqualTo(RunStatus.CANCELLED);
    }

    @Test
    void an_end_by_itself_is_the_true_one_however_late() {
        assertThat(verdict.of(exited(0), List.of(died(0)), Stop.NONE, lasting(Duration.ofMillis(1)))
                        .status())
                .isEqualTo(RunStatus.SUCCEEDED);
        assertThat(verdict.of(exited(0), List.of(died(0)), Stop.OVERDUE, lasting(Duration.ofMillis(1)))
                        .status())
                .isEqualTo(RunStatus.SUCCEEDED);
    }

    private static TaskSpec lasting(Duration timeout) {
        return new TaskSpec.Builder("busybox", new Command.Shell("work"))
                .timeout(timeout)
                .build();
    }

    private static ContainerEvent lateSignal() {
        return new ContainerEvent.Signalled(AT.plusMillis(950), "KILL");
    }

    private static void assertFailed(Outcome outcome, FailureCode code, int exitCode) {
        assertThat(outcome.status()).isEqualTo(RunStatus.FAILED);
        assertThat(outcome.failure().map(Failure::code)).contains(code);
        assertThat(outcome.exitCode()).contains(exitCode);
    }

    private static ContainerEvent signal(String name) {
        return new ContainerEvent.Signalled(AT, name);
    }

    private static ContainerEvent died(int code) {
        return new ContainerEvent.Died(AT.plusSeconds(1), code);
    }

    private static ContainerState exited(int code) {
        return state(code, false);
    }

    private static ContainerState outOfMemory(int code) {
        return state(code, true);
    }

    private static ContainerState state(int code, boolean oom) {
        return new ContainerState(
                new ContainerId("0123456789ab"),
                ContainerState.Phase.EXITED,
                Optional.of(code),
                oom,
                Optional.empty(),
                Optional.of(AT),
                Optional.of(AT.plusSeconds(1)),
                Map.of());
    }
}
