package io.gantry.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.database.TestDatabase;
import io.gantry.engine.FakeContainer;
import io.gantry.engine.FakeEngine;
import io.gantry.engine.FakeEngine.Call;
import io.gantry.execution.Life.Carrying;
import io.gantry.run.Run;
import io.gantry.run.RunStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A run changes hands: the former owner does nothing more, the new one goes on from what is there. */
class OwnershipIT {

    @RegisterExtension
    static final TestDatabase db = TestDatabase.migrated();

    @RegisterExtension
    final ExecutionFixture gantry = new ExecutionFixture(db);

    private Life first;
    private Life second;
    private Run run;

    private FakeEngine engine() {
        return gantry.engine();
    }

    @BeforeEach
    void one_life_has_claimed_a_run_and_another_is_there() {
        gantry.isAccepted();
        first = gantry.aLife("first");
        second = gantry.aLife("second");
        run = first.claims();
    }

    private Run taken() {
        return second.adopts(gantry.now(run));
    }

    @Nested
    class A_fenced_owner {

        /** Whatever it was about to do, the run has gone to another owner in the middle of it. */
        @ParameterizedTest
        @EnumSource(
                value = Call.class,
                names = {"FIND_IMAGE", "CREATE", "ATTACH", "START", "INSPECT", "EVENTS"})
        void writes_nothing_more_and_neither_signals_nor_removes(Call call) throws Exception {
            engine().beforeNext(call, OwnershipIT.this::taken);

            first.carriesOut(run);

            Run now = gantry.now(run);
            assertThat(now.status()).isEqualTo(RunStatus.RUNNING);
            assertThat(now.epoch()).isEqualTo(run.epoch() + 1);
            assertThat(first.ended()).isEmpty();
            assertThat(engine().journal()).noneMatch(entry -> entry.startsWith("signal") || entry.startsWith("remove"));

            second.carriesOut(now);
            assertThat(gantry.now(run).status()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(second.ended()).containsExactly(run.id());
        }

        @Test
        void never_starts_what_it_created() throws Exception {
            engine().beforeNext(Call.ATTACH, OwnershipIT.this::taken);

            first.carriesOut(run);

            assertThat(gantry.startRequestsFor(run)).isZero();
        }

        @Test
        void stores_no_more_output() throws Exception {
            engine().containersKeepRunning();
            Carrying carried = first.carries(run);
            FakeContainer container = gantry.awaitStart(run).writes("before\n");
            taken();
            container.writes("after\n");
            carried.awaitReturn();

            assertThat(gantry.logOf(run)).doesNotContain("after");
            container.exits(0);
            second.carriesOut(gantry.now(run));
            assertThat(gantry.logOf(run)).isEqualTo("before\nafter\n");
            assertThat(gantry.now(run).logComplete()).contains(true);
        }

        @Test
        void passes_no_signal_on() throws Exception {
            engine().containersKeepRunning();
            Carrying carried = first.carries(run);
            gantry.awaitStart(run);

            taken();
            second.cancels(run);
            first.nudges(run);

            carried.awaitReturn();
            assertThat(engine().journal()).noneMatch(entry -> entry.startsWith("signal"));
        }

        @Test
        void removes_no_container_whose_start_it_intended() throws Exception {
            engine().failNext(Call.START).beforeNext(Call.INSPECT, OwnershipIT.this::taken);

            first.carriesOut(run);

            assertThat(gantry.hasContainer(run)).isTrue();
            second.carriesOut(gantry.now(run));
            assertThat(gantry.now(run).status()).isEqualTo(RunStatus.SUCCEEDED);
        }

        @Test
        void makes_no_container_when_the_engine_comes_back() throws Exception {
            engine().failNext(Call.CREATE).beforeNext(Call.CREATE, OwnershipIT.this::taken);

            first.carriesOut(run);

            assertThat(engine().everMade()).isEmpty();
        }
    }

    @Nested
    class A_stop {

        @Test
        void lets_go_of_the_run_and_leaves_the_container() throws Exception {
            engine().containersKeepRunning();
            Carrying carried = first.carries(run);
            FakeContainer container = gantry.awaitStart(run);

            first.stops();

            carried.awaitReturn();
            assertThat(container.isRunning()).isTrue();
            Run now = gantry.now(run);
            assertThat(now.status()).isEqualTo(RunStatus.RUNNING);
            assertThat(now.ownership().owner()).isEmpty();
            assertThat(now.epoch()).isEqualTo(run.epoch());
        }

        @Test
        void does_not_wait_for_an_engine_that_is_away() throws Exception {
            engine().containersKeepRunning();
            Carrying carried = first.carries(run);
            gantry.awaitStart(run);
            engine().goDown();

            first.stops();

            carried.awaitReturn();
            assertThat(gantry.now(run).ownership().owner()).isEmpty();
            engine().comeUp();
        }

        @Test
        void waits_for_a_run_that_this_process_has_taken_over_from_itself() throws Exception {
            engine().containersKeepRunning();
            Carrying outdated = first.carries(run);
            gantry.awaitStart(run);
            Carrying carried = first.carries(first.adopts(gantry.now(run)));
            outdated.awaitReturn();
            gantry.awaitFollowers(gantry.containerOf(run));

            first.stops();

            assertThat(gantry.now(run).ownership().owner()).isEmpty();
            carried.awaitReturn();
        }

        @Test
        void ends_a_pull() throws Exception {
            engine().loseImage("busybox").pullsHang();
            Carrying carried = first.carries(run);

            first.stops();

            carried.awaitReturn();
            assertThat(gantry.now(run).status()).isEqualTo(RunStatus.RUNNING);
        }
    }

    @Nested
    class A_successor {

        @Test
        void goes_on_with_a_running_container_and_has_the_whole_log() throws Exception {
            engine().containersKeepRunning();
            Carrying carried = first.carries(run);
            FakeContainer container = gantry.awaitStart(run).writes("before\n").writesError("oops\n");
            first.stops();
            carried.awaitReturn();
            container.writes("meanwhile\n");

            second.carries(taken());
            gantry.awaitFollowers(container);
            container.writes("after\n").exits(0);

            Run ended = gantry.awaitEnd(run);
            assertThat(ended.status()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(ended.logComplete()).contains(true);
            assertThat(gantry.logOf(run)).isEqualTo("before\noops\nmeanwhile\nafter\n");
            gantry.awaitRemoval(run);
        }

        @Test
        void learns_of_an_end_that_came_while_nobody_looked() throws Exception {
            engine().containersKeepRunning();
            Carrying carried = first.carries(run);
            FakeContainer container = gantry.awaitStart(run).writes("before\n");
            first.stops();
            carried.awaitReturn();
            container.writes("unseen\n").exits(3);

            second.carriesOut(taken());

            Run ended = gantry.now(run);
            assertThat(ended.exitCode()).contains(3);
            assertThat(ended.finishedAt()).isPresent();
            assertThat(ended.logComplete()).contains(true);
            assertThat(gantry.logOf(run)).isEqualTo("before\nunseen\n");
        }

        @Test
        void of_one_that_died_with_the_intent_to_start_starts_once() throws Exception {
            engine().failNext(Call.START).beforeNext(Call.INSPECT, OwnershipIT.this::taken);
            first.carriesOut(run);

            second.carriesOut(gantry.now(run));

            assertThat(gantry.now(run).status()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(gantry.startsOf(run)).isEqualTo(1);
        }

        @Test
        void whose_container_is_gone_marks_the_log_incomplete() throws Exception {
            engine().containersKeepRunning();
            Carrying carried = first.carries(run);
            FakeContainer container = gantry.awaitStart(run).writes("before\n");
            gantry.awaitLog(run, "before\n");
            first.stops();
            carried.awaitReturn();
            engine().vanish(container.id());

            second.carriesOut(taken());

            Run ended = gantry.now(run);
            assertThat(ended.failure().orElseThrow().code().word()).isEqualTo("container-lost");
            assertThat(ended.logComplete()).contains(false);
            assertThat(gantry.logOf(run)).isEqualTo("before\n");
        }
    }
}
