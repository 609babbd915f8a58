package io.gantry.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.run.Outcome.OomKill;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RunMovesTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Owner NODE = new Owner("a", UUID.randomUUID());

    private static final List<RunEvent> EVENTS = List.of(
            new RunEvent.Claimed(NODE, NOW),
            new RunEvent.Withdrawn(NOW),
            new RunEvent.Expired(NOW),
            new RunEvent.Adopted(NODE),
            new RunEvent.Released(),
            new RunEvent.CreationIntended("engine", "sha256:0"),
            new RunEvent.StartIntended("0123456789ab", NOW),
            new RunEvent.StartWithdrawn(),
            new RunEvent.Started(NOW),
            new RunEvent.StopRequested(NOW, "test"),
            new RunEvent.Ended(new Outcome.Succeeded(OomKill.NOT_SEEN), NOW, true),
            new RunEvent.Ended(Outcome.failed(FailureCode.EXIT_CODE, "3"), NOW, true),
            new RunEvent.Ended(Outcome.cancelled(), NOW, true),
            new RunEvent.GivenUp("gone", NOW));

    /** What each status allows, written down a second time. */
    private static final Map<RunStatus, Set<String>> EXPECTED = Map.of(
            RunStatus.QUEUED, Set.of("Claimed", "StopRequested", "Withdrawn", "Expired"),
            RunStatus.RUNNING,
                    Set.of(
                            "Adopted",
                            "Released",
                            "CreationIntended",
                            "StartIntended",
                            "StartWithdrawn",
                            "Started",
                            "StopRequested",
                            "Ended",
                            "GivenUp"));

    static Stream<Arguments> all_pairs() {
        return Stream.of(RunStatus.values())
                .flatMap(status -> EVENTS.stream().map(event -> Arguments.of(status, event)));
    }

    @ParameterizedTest
    @MethodSource("all_pairs")
    void every_pair_of_status_and_event_is_allowed_or_refused(RunStatus status, RunEvent event) {
        Run run = SomeRun.in(status);
        boolean allowed = EXPECTED.getOrDefault(status, Set.of())
                .contains(event.getClass().getSimpleName());

        if (allowed) {
            assertThat(run.on(event).id()).isEqualTo(run.id());
        } else {
            assertThatThrownBy(() -> run.on(event)).isInstanceOf(IllegalMoveException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("ends")
    void an_end_is_for_good_and_belongs_to_nobody(Outcome outcome, RunStatus status) {
        Run ended = SomeRun.in(RunStatus.RUNNING).on(new RunEvent.Ended(outcome, NOW, true));

        assertThat(ended.status()).isEqualTo(status);
        assertThat(ended.isActive()).isFalse();
        assertThat(ended.ownership().owner()).isEmpty();
        assertThat(ended.finishedAt()).contains(NOW);
        assertThat(ended.failure()).isEqualTo(outcome.failure());
    }

    static Stream<Arguments> ends() {
        return Stream.of(
                Arguments.of(new Outcome.Succeeded(OomKill.SEEN), RunStatus.SUCCEEDED),
                Arguments.of(Outcome.failed(FailureCode.CONTAINER_LOST, "gone"), RunStatus.FAILED),
                Arguments.of(Outcome.cancelled(), RunStatus.CANCELLED));
    }

    @Test
    void a_claim_and_each_adoption_begin_a_new_epoch() {
        Run queued = SomeRun.in(RunStatus.QUEUED);
        Run claimed = queued.on(new RunEvent.Claimed(NODE, NOW));
        Run adopted = claimed.on(new RunEvent.Released()).on(new RunEvent.Adopted(NODE));

        assertThat(List.of(queued.epoch(), claimed.epoch(), adopted.epoch())).containsExactly(0L, 1L, 2L);
    }

    @Test
    void a_run_that_is_given_up_is_lost_and_belongs_to_an_epoch_that_nobody_has() {
        Run running = SomeRun.in(RunStatus.RUNNING);

        Run lost = running.on(new RunEvent.GivenUp("Its node is gone.", NOW));

        assertThat(lost.status()).isEqualTo(RunStatus.FAILED);
        assertThat(lost.failure()).contains(new Failure(FailureCode.CONTAINER_LOST, "Its node is gone."));
        assertThat(lost.finishedAt()).contains(NOW);
        assertThat(lost.ownership().owner()).isEmpty();
        assertThat(lost.epoch()).isEqualTo(running.epoch() + 1);
    }

    @Test
    void the_log_of_a_run_that_is_given_up_is_complete_only_if_nothing_was_started() {
        Run created = SomeRun.in(RunStatus.RUNNING).on(new RunEvent.CreationIntended("engine", "sha256:0"));
        Run started = created.on(new RunEvent.StartIntended("0123456789ab", NOW));

        assertThat(created.on(new RunEvent.GivenUp("gone", NOW)).logComplete()).contains(true);
        assertThat(started.on(new RunEvent.GivenUp("gone", NOW)).logComplete()).contains(false);
    }

    @Test
    void the_first_request_to_stop_counts() {
        Run asked = SomeRun.in(RunStatus.RUNNING).on(new RunEvent.StopRequested(NOW, "test"));

        assertThat(asked.on(new RunEvent.StopRequested(NOW.plusSeconds(9), "test"))
                        .stopRequestedAt())
                .contains(NOW);
    }
}
