package io.gantry.execution;

import static io.gantry.engine.FakeEngine.Call;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.database.TestDatabase;
import io.gantry.engine.FakeContainer;
import io.gantry.engine.FakeEngine;
import io.gantry.engine.PullResult;
import io.gantry.engine.StartError;
import io.gantry.run.FailureCode;
import io.gantry.run.Run;
import io.gantry.run.RunStatus;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** From a claimed run to a container that runs, and no further than once, whatever goes wrong on the way. */
class LaunchIT {

    @RegisterExtension
    static final TestDatabase db = TestDatabase.migrated();

    @RegisterExtension
    final ExecutionFixture gantry = new ExecutionFixture(db);

    private Run carriedOut() throws Exception {
        return carriedOut("busybox");
    }

    private Run carriedOut(String image) throws Exception {
        gantry.isAccepted(image);
        Life life = gantry.aLife();
        Run run = life.claims();
        life.carriesOut(run);
        return gantry.now(run);
    }

    private FakeEngine engine() {
        return gantry.engine();
    }

    private void assertFailed(Run run, FailureCode code) {
        assertThat(run.status()).isEqualTo(RunStatus.FAILED);
        assertThat(run.failure().map(failure -> failure.code())).contains(code);
    }

    @Test
    void a_run_is_created_started_followed_and_removed() throws Exception {
        engine().onStart(container -> container.writes("out\n").writesError("err\n").exits(0));

        Run run = carriedOut();

        assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(run.exitCode()).contains(0);
        assertThat(run.logComplete()).contains(true);
        assertThat(gantry.logOf(run)).isEqualTo("out\nerr\n");
        gantry.awaitRemoval(run);
        String name = ExecutionFixture.nameOf(run);
        assertThat(engine().journal()).containsExactly("create " + name, "start " + name, "remove " + name);
    }

    @Nested
    class The_image {

        @Test
        void is_pulled_when_it_is_missing() throws Exception {
            engine().registryHas("alpine");

            assertThat(carriedOut("alpine").status()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(engine().journal()).first().isEqualTo("pull alpine");
        }

        @Test
        void that_nobody_has_ends_the_run() throws Exception {
            assertFailed(carriedOut("nowhere"), FailureCode.IMAGE_NOT_FOUND);
            assertThat(engine().everMade()).isEmpty();
        }

        @Test
        void that_cannot_be_fetched_ends_the_run() throws Exception {
            engine().pullsEnd("alpine", new PullResult.PullFailed("no such host"));

            assertFailed(carriedOut("alpine"), FailureCode.IMAGE_PULL_FAILED);
        }

        @Test
        void that_vanishes_before_the_creation_is_pulled_again() throws Exception {
            engine().registryHas("busybox").beforeNext(Call.CREATE, () -> engine().loseImage("busybox"));

            assertThat(carriedOut().status()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(engine().everMade()).hasSize(1);
        }

        @Test
        void that_vanishes_before_the_creation_and_is_nowhere_ends_the_run() throws Exception {
            engine().beforeNext(Call.CREATE, () -> engine().loseImage("busybox"));

            assertFailed(carriedOut(), FailureCode.IMAGE_NOT_FOUND);
        }
    }

    @Nested
    class A_start_in_doubt {

        @Test
        void that_was_served_is_not_repeated() throws Exception {
            engine().onStart(container -> container.writes("once\n").exits(0)).loseNextAnswer(Call.START);

            Run run = carriedOut();

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

            Run run = carriedOut();

            assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(gantry.startsOf(run)).isEqualTo(1);
            assertThat(engine().everMade()).hasSize(2);
            FakeContainer withdrawn = engine().everMade().get(0);
            assertThat(withdrawn.starts()).isZero();
            assertThat(engine().journal()).contains("remove-unstarted " + withdrawn.id());
            assertThat(run.containerId()).contains(engine().everMade().get(1).id().value());
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

            Run run = carriedOut();

            assertThat(gantry.startsOf(run)).isEqualTo(1);
            assertFailed(run, FailureCode.CONTAINER_LOST);
            assertThat(run.logComplete()).contains(false);
        }

        @Test
        void whose_container_is_gone_is_never_repeated() throws Exception {
            engine().containersKeepRunning().loseNextAnswer(Call.START).beforeNext(Call.INSPECT, this::vanish);

            Run run = carriedOut();

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

            Run run = carriedOut();

            assertFailed(run, FailureCode.COMMAND_NOT_FOUND);
            assertThat(gantry.startsOf(run)).isZero();
            gantry.awaitRemoval(run);
        }

        @Test
        void for_its_command_is_command_not_found_though_the_answer_got_lost() throws Exception {
            engine().nextStartFails("exec: \"nosuch\": executable file not found in $PATH")
                    .loseNextAnswer(Call.START);

            assertFailed(carriedOut(), FailureCode.COMMAND_NOT_FOUND);
        }

        @Test
        void for_the_engine_is_an_engine_error() throws Exception {
            engine().nextStartFails(new StartError(StartError.Fault.ENGINE, "network bridge not found"));

            Run run = carriedOut();

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

            Run run = carriedOut();

            assertFailed(run, FailureCode.COMMAND_NOT_FOUND);
            assertThat(gantry.logOf(run)).contains("No such file or directory");
        }
    }

    @Nested
    class A_creation {

        @Test
        void whose_answer_got_lost_is_cleared_away_and_made_again() throws Exception {
            engine().loseNextAnswer(Call.CREATE);

            Run run = carriedOut();

            assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(engine().everMade()).hasSize(2);
            assertThat(engine().everMade().get(0).startRequests()).isZero();
        }

        @Test
        void that_is_refused_is_an_engine_error() throws Exception {
            engine().refuseNext(Call.CREATE);

            assertFailed(carriedOut(), FailureCode.ENGINE_ERROR);
        }

        @Test
        void finds_a_container_of_a_former_owner_and_clears_it_away() throws Exception {
            gantry.isAccepted();
            Life former = gantry.aLife("former");
            Run run = former.claims();
            Life later = gantry.aLife("later");
            engine().beforeNext(Call.ATTACH, () -> later.adopts(run));
            former.carriesOut(run);
            assertThat(gantry.hasContainer(run)).isTrue();

            later.carriesOut(gantry.now(run));

            assertThat(gantry.now(run).status()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(engine().everMade()).hasSize(2);
            assertThat(engine().everMade().get(0).startRequests()).isZero();
        }

        @ParameterizedTest
        @EnumSource(Meddling.class)
        void finds_a_container_that_somebody_else_has_started_and_starts_none(Meddling meddling) throws Exception {
            gantry.isAccepted();
            Life life = gantry.aLife();
            Run run = life.claims();
            engine().onStart(meddling.behaviour).loseNextAnswer(Call.CREATE);
            engine().beforeNext(Call.INSPECT, () -> engine().theContainer().isStartedByAStranger());

            life.carriesOut(run);

            assertFailed(gantry.now(run), FailureCode.CONTAINER_LOST);
            assertThat(gantry.now(run).logComplete()).contains(false);
            assertThat(gantry.startRequestsFor(run)).isZero();
            assertThat(engine().everMade()).hasSize(1);
        }
    }

    /** What a container does that a stranger has started. */
    enum Meddling {
        STILL_RUNS(container -> {}),
        HAS_ENDED(container -> container.exits(0));

        private final java.util.function.Consumer<FakeContainer> behaviour;

        Meddling(java.util.function.Consumer<FakeContainer> behaviour) {
            this.behaviour = behaviour;
        }
    }

    /** The engine is out of reach for a while at this call; the run goes on as if nothing had been. */
    @ParameterizedTest
    @EnumSource(
            value = Call.class,
            names = {"FIND_IMAGE", "PULL", "CREATE", "ATTACH", "START", "INSPECT", "AWAIT_EXIT", "EVENTS", "REMOVE"})
    void an_engine_that_is_away_for_a_while_delays_the_run_only(Call call) throws Exception {
        engine().loseImage("busybox").registryHas("busybox");
        engine().onStart(container -> container.writes("hello\n").exits(0));
        engine().failNext(call).failNext(call);

        Run run = carriedOut();

        assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(run.logComplete()).contains(true);
        assertThat(gantry.logOf(run)).isEqualTo("hello\n");
        assertThat(gantry.startsOf(run)).isEqualTo(1);
    }
}
