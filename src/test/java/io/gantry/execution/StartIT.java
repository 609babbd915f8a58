package io.gantry.execution;

import static io.gantry.engine.FakeEngine.Call;
import static io.gantry.execution.ExecutionFixture.assertFailed;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.database.TestDatabase;
import io.gantry.engine.FakeContainer;
import io.gantry.engine.FakeEngine;
import io.gantry.engine.StartError;
import io.gantry.run.FailureCode;
import io.gantry.run.Run;
import io.gantry.run.RunStatus;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A start request is sent once in a container's life; in doubt the engine is looked at, never asked again. */
class StartIT {

    @RegisterExtension
    static final TestDatabase db = TestDatabase.migrated();

    @RegisterExtension
    final ExecutionFixture gantry = new ExecutionFixture(db);

    private FakeEngine engine() {
        return gantry.engine();
    }

    @Nested
    class A_start_in_doubt {

        @Test
        void that_was_served_is_not_repeated() throws Exception {
            engine().onStart(container -> container.writes("once\n").exits(0)).loseNextAnswer(Call.START);

            Run run = gantry.isCarriedOut();

            assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(run.logComplete()).contains(true);
            assertThat(gantry.logOf(run)).isEqualTo("once\n");
            assertThat(gantry.startRequestsFor(run)).isEqualTo(1);
            assertThat(engine().everMade()).hasSize(1);
        }

        @Test
        void that_was_served_and_still_runs_is_gone_on_with() throws Exception {
            engine().containersKeepRunning().loseNextAnswer(Call.START);
            gantry.isAccepted();
            Life life = gantry.aLife();
            Run run = life.claims();
            life.carries(run);

            gantry.awaitStart(run).writes("hello\n").exits(3);

            assertThat(gantry.awaitEnd(run).exitCode()).contains(3);
            assertThat(gantry.logOf(run)).isEqualTo("hello\n");
            assertThat(gantry.startRequestsFor(run)).isEqualTo(1);
        }

        @Test
        void that_never_arrived_is_withdrawn_and_the_container_created_anew() throws Exception {
            engine().failNext(Call.START);

            Run run = gantry.isCarriedOut();

            assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(gantry.startsOf(run)).isEqualTo(1);
            assertThat(engine().everMade()).hasSize(2);
            FakeContainer withdrawn = engine().everMade().get(0);
            assertThat(withdrawn.starts()).isZero();
            assertThat(engine().journal()).contains("remove-unstarted " + withdrawn.id());
            assertThat(run.containerId())
                    .contains(engine().everMade().get(1).id().value());
        }

        @Test
        void that_arrives_just_before_the_withdrawal_is_gone_on_with() throws Exception {
            engine().containersKeepRunning().delayNextStart();
            engine().beforeNext(Call.REMOVE_UNSTARTED, engine()::deliverStart);
            gantry.isAccepted();
            Life life = gantry.aLife();
            Run run = life.claims();
            life.carries(run);

            gantry.awaitStart(run).writes("late\n").exits(0);

            assertThat(gantry.awaitEnd(run).status()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(gantry.logOf(run)).isEqualTo("late\n");
            assertThat(engine().everMade()).hasSize(1);
        }

        @Test
        void that_arrives_and_ends_just_before_the_withdrawal_is_never_repeated() throws Exception {
            engine().delayNextStart().beforeNext(Call.REMOVE_UNSTARTED, engine()::deliverStart);

            Run run = gantry.isCarriedOut();

            assertThat(gantry.startsOf(run)).isEqualTo(1);
            assertFailed(run, FailureCode.CONTAINER_LOST);
            assertThat(run.logComplete()).contains(false);
        }

        @Test
        void is_withdrawn_though_the_engine_goes_away_once_more() throws Exception {
            engine().failNext(Call.START).failNext(Call.INSPECT).failNext(Call.REMOVE_UNSTARTED);

            assertThat(gantry.isCarriedOut().status()).isEqualTo(RunStatus.SUCCEEDED);
        }

        @Test
        void whose_withdrawal_is_in_doubt_too_may_have_been_served() throws Exception {
            engine().failNext(Call.START).loseNextAnswer(Call.REMOVE_UNSTARTED);

            assertFailed(gantry.isCarriedOut(), FailureCode.CONTAINER_LOST);
            assertThat(engine().everMade()).hasSize(1);
        }

        @Test
        void whose_container_is_gone_is_never_repeated() throws Exception {
            engine().containersKeepRunning().loseNextAnswer(Call.START).beforeNext(Call.INSPECT, this::vanish);

            Run run = gantry.isCarriedOut();

            assertFailed(run, FailureCode.CONTAINER_LOST);
            assertThat(run.logComplete()).contains(false);
            assertThat(gantry.startRequestsFor(run)).isEqualTo(1);
        }

        private void vanish() {
            engine().vanish(engine().theContainer().id());
        }
    }

    @Nested
    class A_container_that_cannot_start {

        @Test
        void for_its_command_is_command_not_found() throws Exception {
            engine().nextStartFails("exec: \"nosuch\": executable file not found in $PATH");

            Run run = gantry.isCarriedOut();

            assertFailed(run, FailureCode.COMMAND_NOT_FOUND);
            assertThat(gantry.startsOf(run)).isZero();
            gantry.awaitRemoval(run);
        }

        @Test
        void for_its_command_is_command_not_found_though_the_answer_got_lost() throws Exception {
            engine().nextStartFails("exec: \"nosuch\": executable file not found in $PATH")
                    .loseNextAnswer(Call.START);

            assertFailed(gantry.isCarriedOut(), FailureCode.COMMAND_NOT_FOUND);
        }

        @Test
        void for_the_engine_is_an_engine_error() throws Exception {
            engine().nextStartFails(new StartError(StartError.Fault.ENGINE, "network bridge not found"));

            Run run = gantry.isCarriedOut();

            assertFailed(run, FailureCode.ENGINE_ERROR);
            assertThat(run.failure().orElseThrow().detail()).contains("network bridge not found");
            gantry.awaitRemoval(run);
        }

        @Test
        void for_the_engine_is_an_engine_error_for_a_successor_too() throws Exception {
            engine().containersKeepRunning()
                    .nextStartFails(new StartError(StartError.Fault.ENGINE, "network bridge not found"));
            gantry.isAccepted();
            Life first = gantry.aLife("first");
            Run run = first.claims();
            Life second = gantry.aLife("second");
            engine().beforeNext(Call.START, () -> second.adopts(gantry.now(run)));
            first.carriesOut(run);

            second.carriesOut(gantry.now(run));

            assertFailed(gantry.now(run), FailureCode.ENGINE_ERROR);
            assertThat(gantry.startRequestsFor(run)).isEqualTo(1);
        }

        @Test
        void whose_executable_is_missing_says_the_init_process_is_command_not_found() throws Exception {
            engine().onStart(FakeContainer::isNotExecutable);

            Run run = gantry.isCarriedOut();

            assertFailed(run, FailureCode.COMMAND_NOT_FOUND);
            assertThat(gantry.logOf(run)).contains("No such file or directory");
        }
    }
}
