package io.gantry.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.database.TestDatabase;
import io.gantry.engine.FakeContainer;
import io.gantry.engine.FakeEngine;
import io.gantry.engine.FakeEngine.Call;
import io.gantry.execution.Life.Carrying;
import io.gantry.run.Failure;
import io.gantry.run.FailureCode;
import io.gantry.run.Run;
import io.gantry.run.RunStatus;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A run's time counts from its container's start, whoever looks after it, and ends it once. */
class TimeoutIT {

    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofHours(1);

    @RegisterExtension
    static final TestDatabase db = TestDatabase.migrated();

    @RegisterExtension
    final ExecutionFixture gantry = new ExecutionFixture(db);

    private FakeEngine engine() {
        return gantry.engine();
    }

    private Run isUnderWay(Life life, Duration timeout) {
        engine().containersKeepRunning();
        gantry.isAcceptedWithTimeout(timeout);
        Run run = life.claims();
        life.carries(run);
        gantry.awaitStart(run);
        return run;
    }

    private static void assertTimedOut(Run ended) {
        assertThat(ended.status()).isEqualTo(RunStatus.TIMED_OUT);
        assertThat(ended.failure().map(Failure::code)).contains(FailureCode.TIMEOUT);
        assertThat(ended.logComplete()).contains(true);
    }

    @Test
    void a_container_that_takes_too_long_is_told_to_end() {
        Run run = isUnderWay(gantry.aLife(), SHORT);

        Run ended = gantry.awaitEnd(run);

        assertTimedOut(ended);
        assertThat(ended.exitCode()).contains(143);
        assertThat(engine().journal()).contains("signal TERM " + ExecutionFixture.nameOf(run));
    }

    @Test
    void time_that_has_passed_while_nobody_looked_counts() throws Exception {
        Life first = gantry.aLife();
        Run run = isUnderWay(first, LONG);
        first.stops();
        engine().passes(LONG);
        Life second = gantry.aLife();

        second.carriesOut(second.adopts(gantry.now(run)));

        assertTimedOut(gantry.now(run));
    }

    @Test
    void an_adopted_container_that_has_time_left_goes_on() throws Exception {
        Life first = gantry.aLife();
        Run run = isUnderWay(first, LONG);
        FakeContainer container = gantry.containerOf(run);
        first.stops();
        engine().passes(LONG.minusSeconds(60));
        Life second = gantry.aLife();
        Carrying carried = second.carries(second.adopts(gantry.now(run)));
        gantry.awaitFollowers(container);

        container.exits(0);

        carried.awaitReturn();
        assertThat(gantry.now(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void an_engine_that_does_not_say_what_time_it_is_is_asked_again() throws Exception {
        Life first = gantry.aLife();
        Run run = isUnderWay(first, LONG);
        first.stops();
        engine().passes(LONG);
        engine().failNext(Call.NOW);
        Life second = gantry.aLife();

        second.carriesOut(second.adopts(gantry.now(run)));

        assertTimedOut(gantry.now(run));
    }

    @Test
    void an_engine_that_refuses_to_say_what_time_it_is_is_asked_again() throws Exception {
        Life first = gantry.aLife();
        Run run = isUnderWay(first, LONG);
        first.stops();
        engine().passes(LONG);
        engine().refuseNext(Call.NOW);
        Life second = gantry.aLife();

        second.carriesOut(second.adopts(gantry.now(run)));

        assertTimedOut(gantry.now(run));
        assertThat(second.failures()).isEmpty();
    }

    @Test
    void a_successor_goes_on_with_the_grace_period_that_has_begun() throws Exception {
        Life first = gantry.aLife();
        Run run = isUnderWay(first, SHORT);
        gantry.containerOf(run).ignoresTerm();
        engine().passes(SHORT);
        Awaitility.await().until(() -> engine().journal().stream().anyMatch(entry -> entry.startsWith("signal TERM")));
        first.stops();
        engine().passes(run.spec().stopGracePeriod());
        Life second = gantry.aLife();

        second.carriesOut(second.adopts(gantry.now(run)));

        assertTimedOut(gantry.now(run));
        assertThat(engine().journal())
                .filteredOn(entry -> entry.startsWith("signal"))
                .containsExactly(
                        "signal TERM " + ExecutionFixture.nameOf(run), "signal KILL " + ExecutionFixture.nameOf(run));
    }

    @Test
    void a_cancellation_after_the_time_was_over_does_not_change_why() {
        Life life = gantry.aLife();
        Run run = isUnderWay(life, SHORT);
        gantry.containerOf(run).ignoresTerm();
        Awaitility.await().until(() -> engine().journal().stream().anyMatch(entry -> entry.startsWith("signal TERM")));

        life.cancels(run);
        gantry.containerOf(run).exits(143);

        assertTimedOut(gantry.awaitEnd(run));
    }
}
