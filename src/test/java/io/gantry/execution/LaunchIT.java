package io.gantry.execution;

import static io.gantry.engine.FakeEngine.Call;
import static io.gantry.execution.ExecutionFixture.assertFailed;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.database.TestDatabase;
import io.gantry.engine.FakeEngine;
import io.gantry.engine.PullResult;
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

    private FakeEngine engine() {
        return gantry.engine();
    }

    @Test
    void a_run_is_created_started_followed_and_removed() throws Exception {
        engine().onStart(container ->
                container.writes("out\n").writesError("err\n").exits(0));

        Run run = gantry.isCarriedOut();

        assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(run.exitCode()).contains(0);
        assertThat(run.startedAt()).isPresent();
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

            assertThat(gantry.isCarriedOut("alpine").status()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(engine().journal()).first().isEqualTo("pull alpine");
        }

        @Test
        void that_nobody_has_ends_the_run() throws Exception {
            assertFailed(gantry.isCarriedOut("nowhere"), FailureCode.IMAGE_NOT_FOUND);
            assertThat(engine().everMade()).isEmpty();
        }

        @Test
        void that_cannot_be_fetched_ends_the_run() throws Exception {
            engine().pullsEnd("alpine", new PullResult.PullFailed("no such host"));

            assertFailed(gantry.isCarriedOut("alpine"), FailureCode.IMAGE_PULL_FAILED);
        }

        @Test
        void that_vanishes_before_the_creation_is_pulled_again() throws Exception {
            engine().registryHas("busybox").beforeNext(Call.CREATE, () -> engine().loseImage("busybox"));

            assertThat(gantry.isCarriedOut().status()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(engine().everMade()).hasSize(1);
        }

        @Test
        void that_vanishes_before_the_creation_and_is_nowhere_ends_the_run() throws Exception {
            engine().beforeNext(Call.CREATE, () -> engine().loseImage("busybox"));

            assertFailed(gantry.isCarriedOut(), FailureCode.IMAGE_NOT_FOUND);
        }
    }

    @Nested
    class A_creation {

        @Test
        void whose_answer_got_lost_is_cleared_away_and_made_again() throws Exception {
            engine().loseNextAnswer(Call.CREATE);

            Run run = gantry.isCarriedOut();

            assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(engine().everMade()).hasSize(2);
            assertThat(engine().everMade().get(0).startRequests()).isZero();
        }

        @Test
        void that_is_refused_is_an_engine_error() throws Exception {
            engine().refuseNext(Call.CREATE);

            assertFailed(gantry.isCarriedOut(), FailureCode.ENGINE_ERROR);
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

        @Test
        void finds_a_running_container_that_somebody_else_has_started_and_starts_none() throws Exception {
            engine().containersKeepRunning();

            assertThatNoneIsStartedBesideAStrangers();
        }

        @Test
        void finds_an_ended_container_that_somebody_else_has_started_and_starts_none() throws Exception {
            assertThatNoneIsStartedBesideAStrangers();
        }

        private void assertThatNoneIsStartedBesideAStrangers() throws Exception {
            engine().loseNextAnswer(Call.CREATE);
            engine().beforeNext(Call.INSPECT, () -> engine().theContainer().isStartedByAStranger());

            Run run = gantry.isCarriedOut();

            assertFailed(run, FailureCode.CONTAINER_LOST);
            assertThat(run.logComplete()).contains(false);
            assertThat(gantry.startRequestsFor(run)).isZero();
            assertThat(engine().everMade()).hasSize(1);
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

        Run run = gantry.isCarriedOut();

        assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(run.logComplete()).contains(true);
        assertThat(gantry.logOf(run)).isEqualTo("hello\n");
        assertThat(gantry.startsOf(run)).isEqualTo(1);
    }
}
