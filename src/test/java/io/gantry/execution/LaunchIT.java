package io.gantry.execution;

import static io.gantry.engine.FakeEngine.Call;
import static io.gantry.execution.ExecutionFixture.assertFailed;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gantry.database.TestDatabase;
import io.gantry.engine.FakeEngine;
import io.gantry.engine.ImageReference;
import io.gantry.engine.PullProgress;
import io.gantry.engine.PullResult;
import io.gantry.logs.FlakyDataSource;
import io.gantry.run.FailureCode;
import io.gantry.run.Run;
import io.gantry.run.RunStatus;
import io.gantry.task.PullPolicy;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
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
    class The_pull_policy {

        @Test
        void always_pulls_an_image_that_is_there() throws Exception {
            engine().registryHas("busybox");

            Run run = gantry.isCarriedOut("busybox", PullPolicy.ALWAYS);

            assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(engine().journal()).first().isEqualTo("pull busybox");
        }

        @Test
        void always_does_not_make_do_with_an_image_that_is_there() throws Exception {
            engine().pullsEnd("busybox", new PullResult.PullFailed("no such host"));

            assertFailed(gantry.isCarriedOut("busybox", PullPolicy.ALWAYS), FailureCode.IMAGE_PULL_FAILED);
            assertThat(engine().everMade()).isEmpty();
        }

        @Test
        void never_takes_what_is_there() throws Exception {
            assertThat(gantry.isCarriedOut("busybox", PullPolicy.NEVER).status())
                    .isEqualTo(RunStatus.SUCCEEDED);
        }

        @Test
        void never_pulls_nothing_and_says_why() throws Exception {
            engine().registryHas("alpine");

            Run run = gantry.isCarriedOut("alpine", PullPolicy.NEVER);

            assertFailed(run, FailureCode.IMAGE_NOT_FOUND);
            assertThat(run.failure().orElseThrow().detail())
                    .contains("docker.io/library/alpine", "pullPolicy is never");
            assertThat(engine().journal()).isEmpty();
        }
    }

    @Nested
    class A_pull {

        private final PullProgress half = new PullProgress(2, 1, 5, 10);

        private Run waitsForAPull(Life life) {
            engine().pullsHang().registryHas("alpine").pullsAreAt(half);
            gantry.isAccepted("alpine");
            return life.claims();
        }

        @Test
        void is_told_of_on_the_run_while_it_goes_on_and_afterwards() throws Exception {
            Life life = gantry.aLife();
            Run run = waitsForAPull(life);
            Life.Carrying carrying = life.carries(run);

            JsonNode under = gantry.awaitPull(run, pull -> pull.path("bytes").asLong() == 5);
            assertThat(under.path("finishedAt").isNull()).isTrue();
            assertThat(under.path("layers").asInt()).isEqualTo(2);
            assertThat(under.path("layersDone").asInt()).isEqualTo(1);
            assertThat(under.path("totalBytes").asLong()).isEqualTo(10);
            engine().pullsAreAt(new PullProgress(2, 2, 10, 10));
            gantry.awaitPull(run, pull -> pull.path("bytes").asLong() == 10);
            engine().pullsGoOn();
            carrying.awaitReturn();

            JsonNode end = gantry.pullOf(run).orElseThrow();
            assertThat(end.path("startedAt")).isEqualTo(under.path("startedAt"));
            assertThat(Instant.parse(end.path("finishedAt").asText()))
                    .isAfterOrEqualTo(Instant.parse(end.path("startedAt").asText()));
            assertThat(end.path("layersDone").asInt()).isEqualTo(2);
            assertThat(gantry.now(run).status()).isEqualTo(RunStatus.SUCCEEDED);
        }

        @Test
        void that_breaks_is_not_begun_again_at_once() throws Exception {
            engine().pullsBreak().registryHas("alpine");
            gantry.isAccepted("alpine");
            Life life = gantry.aLife();
            Run run = life.claims();
            Life.Carrying carrying = life.carries(run);

            gantry.awaitPull(run, pull -> true);
            Awaitility.await()
                    .during(Duration.ofSeconds(1))
                    .until(() -> engine().journal().size() < 5);
            engine().pullsGoOn();
            carrying.awaitReturn();

            assertThat(gantry.now(run).status()).isEqualTo(RunStatus.SUCCEEDED);
        }

        @Test
        void that_is_not_needed_is_not_told_of() throws Exception {
            assertThat(gantry.pullOf(gantry.isCarriedOut())).isEmpty();
        }

        @Test
        void is_given_up_when_the_run_has_another_owner_who_tells_of_its_own() throws Exception {
            Life former = gantry.aLife("former");
            Run run = waitsForAPull(former);
            Life.Carrying carrying = former.carries(run);
            JsonNode first = gantry.awaitPull(run, pull -> true);

            Life later = gantry.aLife("later");
            Run adopted = later.adopts(gantry.now(run));
            carrying.awaitReturn();

            assertThat(engine().journal()).containsExactly("pull alpine", "give up alpine");
            assertThat(gantry.pullOf(run)).contains(first);
            engine().pullsGoOn();
            later.carriesOut(adopted);
            assertThat(gantry.pullOf(run).orElseThrow().path("finishedAt").isNull())
                    .isFalse();
            assertThat(gantry.now(run).status()).isEqualTo(RunStatus.SUCCEEDED);
        }

        @Test
        void goes_on_while_the_database_is_away() throws Exception {
            FlakyDataSource line = gantry.aBadLine();
            Life life = gantry.aLife("node", line);
            Run run = waitsForAPull(life);
            Life.Carrying carrying = life.carries(run);
            gantry.awaitPull(run, pull -> true);

            line.break_down();
            engine().pullsAreAt(new PullProgress(2, 2, 10, 10)).pullsGoOn();
            gantry.awaitImage("alpine");
            Awaitility.await().until(() -> line.refusedConnections() > 0);
            line.recover();
            carrying.awaitReturn();

            assertThat(engine().journal()).doesNotContain("give up alpine");
            assertThat(gantry.now(run).status()).isEqualTo(RunStatus.SUCCEEDED);
        }
    }

    @Nested
    class A_creation {

        @Test
        void uses_the_image_that_was_looked_at_though_its_name_moves_on() throws Exception {
            String seen = engine().findImage(new ImageReference("busybox"))
                    .orElseThrow()
                    .id();
            engine().haveImage("alpine").beforeNext(Call.CREATE, () -> engine().moveName("busybox", "alpine"));

            Run run = gantry.isCarriedOut();

            assertThat(run.imageDigest()).contains(seen);
            assertThat(engine().everMade())
                    .singleElement()
                    .satisfies(container -> assertThat(container.plan().image()).isEqualTo(seen));
        }

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
