package io.gantry.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.database.TestDatabase;
import io.gantry.engine.FakeContainer;
import io.gantry.engine.FakeEngine;
import io.gantry.engine.FakeEngine.Call;
import io.gantry.execution.Life.Carrying;
import io.gantry.run.Run;
import io.gantry.run.RunStatus;
import io.gantry.run.StopRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A request to end is seen to in every phase of a run, and the run ends once and as what it truly came to. */
class StopIT {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration GRACE = Duration.ofSeconds(60);

    @RegisterExtension
    static final TestDatabase db = TestDatabase.migrated();

    @RegisterExtension
    final ExecutionFixture gantry = new ExecutionFixture(db);

    private FakeEngine engine() {
        return gantry.engine();
    }

    private List<String> signals() {
        return engine().journal().stream()
                .filter(entry -> entry.startsWith("signal"))
                .map(entry -> entry.split(" ", -1)[1])
                .toList();
    }

    @Test
    void a_queued_run_ends_at_once_and_is_told_once() {
        Run run = gantry.isAccepted();
        Life life = gantry.aLife();

        assertThat(life.cancels(run).status()).isEqualTo(RunStatus.CANCELLED);
        life.cancels(run);

        assertThat(life.ended()).containsExactly(run.id());
        assertThat(engine().journal()).isEmpty();
    }

    @Test
    void a_pull_is_given_up() throws Exception {
        engine().registryHas("alpine").pullsHang();
        gantry.isAccepted("alpine");
        Life life = gantry.aLife();
        Run run = life.claims();
        Carrying carried = life.carries(run);
        Awaitility.await().atMost(LONG).until(() -> engine().journal().contains("pull alpine"));

        life.cancels(run);

        carried.awaitReturn();
        assertThat(gantry.now(run).status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(life.ended()).containsExactly(run.id());
        assertThat(engine().everMade()).isEmpty();
    }

    @Test
    void a_container_that_was_created_only_is_removed_and_never_started() throws Exception {
        gantry.isAccepted();
        Life life = gantry.aLife();
        Run run = life.claims();
        engine().failNext(Call.ATTACH).beforeNext(Call.ATTACH, () -> life.cancels(run));

        life.carriesOut(run);

        assertThat(gantry.now(run).status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(gantry.hasContainer(run)).isFalse();
        assertThat(gantry.startRequestsFor(run)).isZero();
    }

    @Test
    void a_container_that_is_about_to_be_started_is_removed_and_never_started() throws Exception {
        gantry.isAccepted();
        Life life = gantry.aLife();
        Run run = life.claims();
        engine().beforeNext(Call.ATTACH, () -> life.cancels(run));

        life.carriesOut(run);

        assertThat(gantry.now(run).status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(gantry.hasContainer(run)).isFalse();
        assertThat(gantry.startRequestsFor(run)).isZero();
    }

    @Test
    void a_run_without_a_container_ends_though_the_engine_is_away() throws Exception {
        gantry.isAccepted();
        Life life = gantry.aLife();
        Run run = life.claims();
        engine().goDown();
        Carrying carried = life.carries(run);
        gantry.awaitVainQuestion(Call.FIND_IMAGE);

        life.cancels(run);

        carried.awaitReturn();
        assertThat(gantry.now(run).status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(gantry.now(run).engineId()).isEmpty();
    }

    @Test
    void a_creation_that_the_engine_does_not_get_done_is_given_up() throws Exception {
        gantry.isAccepted();
        Life life = gantry.aLife();
        Run run = life.claims();
        for (int i = 0; i < 100; i++) {
            engine().failNext(Call.CREATE);
        }
        engine().beforeNext(Call.CREATE, () -> life.cancels(run));

        life.carriesOut(run);

        assertThat(gantry.now(run).status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(engine().everMade()).isEmpty();
    }

    @Test
    void a_start_that_never_arrived_is_withdrawn_for_good() throws Exception {
        gantry.isAccepted();
        Life life = gantry.aLife();
        Run run = life.claims();
        engine().failNext(Call.START).beforeNext(Call.START, () -> life.cancels(run));

        life.carriesOut(run);

        assertThat(gantry.now(run).status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(gantry.startsOf(run)).isZero();
        assertThat(gantry.hasContainer(run)).isFalse();
    }

    private void assertCancelledBy(Running it, String... signals) throws Exception {
        it.life.cancels(it.run);

        assertThat(it.ended().status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(signals()).containsExactly(signals);
    }

    @Test
    void a_running_container_gets_term() throws Exception {
        Running it = isRunning(Duration.ofSeconds(60));

        assertCancelledBy(it, "TERM");
        assertThat(it.ended().exitCode()).contains(143);
        assertThat(it.ended().failure()).isEmpty();
        assertThat(it.life.ended()).containsExactly(it.run.id());
    }

    @Test
    void a_container_that_ignores_term_gets_kill_after_its_grace_period() throws Exception {
        Running it = isRunning(Duration.ofMillis(300));
        gantry.containerOf(it.run).ignoresTerm();

        assertCancelledBy(it, "TERM", "KILL");
        assertThat(it.ended().exitCode()).contains(137);
    }

    @Test
    void a_term_that_got_lost_is_sent_again() throws Exception {
        Running it = isRunning(Duration.ofSeconds(60));
        engine().failNext(Call.SIGNAL);

        assertCancelledBy(it, "TERM");
        assertThat(it.ended().exitCode()).contains(143);
    }

    @Test
    void a_term_that_got_lost_is_followed_by_a_kill() throws Exception {
        Running it = isRunning(Duration.ofMillis(300));
        engine().failNext(Call.SIGNAL);

        assertCancelledBy(it, "KILL");
    }

    @Test
    void a_term_that_was_refused_is_followed_by_a_kill() throws Exception {
        Running it = isRunning(Duration.ofMillis(300));
        engine().refuseNext(Call.SIGNAL);

        assertCancelledBy(it, "KILL");
    }

    @Test
    void an_end_of_its_own_that_came_before_the_signal_is_the_true_one() throws Exception {
        Running it = isRunning(Duration.ofSeconds(60));
        engine().beforeNext(Call.SIGNAL, () -> gantry.containerOf(it.run).exits(0));

        it.life.cancels(it.run);

        assertThat(it.ended().status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(it.ended().exitCode()).contains(0);
        assertThat(it.life.ended()).containsExactly(it.run.id());
    }

    @Test
    void an_end_of_its_own_after_the_signal_is_a_cancellation_with_the_true_code() throws Exception {
        Running it = isRunning(Duration.ofSeconds(60));
        FakeContainer container = gantry.containerOf(it.run).ignoresTerm();

        it.life.cancels(it.run);
        Awaitility.await().atMost(LONG).until(() -> !signals().isEmpty());
        container.writes("tidied up\n").exits(0);

        assertThat(it.ended().status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(it.ended().exitCode()).contains(0);
        assertThat(gantry.logOf(it.run)).isEqualTo("tidied up\n");
    }

    @Test
    void a_request_that_comes_while_the_log_is_collected_changes_nothing() throws Exception {
        Running it = isRunning(Duration.ofSeconds(60));
        engine().beforeNext(Call.EVENTS, () -> it.life.cancels(it.run));

        gantry.containerOf(it.run).exits(3);

        assertThat(it.ended().status()).isEqualTo(RunStatus.FAILED);
        assertThat(it.ended().exitCode()).contains(3);
        assertThat(signals()).isEmpty();
    }

    @Test
    void a_request_made_to_a_former_owner_is_seen_to_by_its_successor() throws Exception {
        Running it = isRunning(Duration.ofSeconds(60));
        it.life.stops();
        it.carried.awaitReturn();
        it.life.cancels(it.run);
        Life successor = gantry.aLife();

        successor.carriesOut(successor.adopts(gantry.now(it.run)));

        assertThat(gantry.now(it.run).status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(signals()).containsExactly("TERM");
    }

    @Test
    void a_second_request_while_it_ends_changes_nothing() throws Exception {
        Running it = isRunning(Duration.ofMillis(500));
        gantry.containerOf(it.run).ignoresTerm();
        it.life.cancels(it.run);
        awaitTerm();
        Optional<Instant> asked = gantry.now(it.run).stopRequestedAt();

        it.life.cancels(it.run);

        assertThat(it.ended().status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(it.ended().stopRequestedAt()).isEqualTo(asked);
        assertThat(signals()).containsExactly("TERM", "KILL");
        assertThat(it.life.ended()).containsExactly(it.run.id());
    }

    @Test
    void a_successor_goes_on_with_the_grace_period_that_has_begun() throws Exception {
        Running it = isEndingWithoutOwner();
        theGracePeriodPasses();
        Life successor = gantry.aLife();

        successor.carriesOut(successor.adopts(gantry.now(it.run)));

        assertThat(gantry.now(it.run).status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(signals()).containsExactly("TERM", "KILL");
    }

    @Test
    void a_successor_gives_what_is_left_of_the_grace_period() throws Exception {
        Running it = isEndingWithoutOwner();
        FakeContainer container = gantry.containerOf(it.run);
        Life successor = gantry.aLife();

        Carrying carried = successor.carries(successor.adopts(gantry.now(it.run)));
        gantry.awaitFollowers(container);
        container.writes("tidied up\n").exits(0);
        carried.awaitReturn();

        assertThat(gantry.now(it.run).status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(signals()).containsExactly("TERM");
    }

    @Test
    void where_the_engine_has_forgotten_the_signal_the_time_of_the_request_counts() throws Exception {
        Running it = isEndingWithoutOwner();
        gantry.containerOf(it.run).isForgotten();
        theGracePeriodPasses();
        Life successor = gantry.aLife();

        successor.carriesOut(successor.adopts(gantry.now(it.run)));

        assertThat(gantry.now(it.run).status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(signals()).containsExactly("TERM", "TERM", "KILL");
    }

    @Test
    void a_term_from_before_the_request_was_somebody_elses() throws Exception {
        Running it = isRunning(Duration.ofMillis(300));
        gantry.containerOf(it.run).ignoresTerm();
        engine().signal(gantry.containerOf(it.run).id(), "TERM");
        engine().passes(GRACE);
        engine().failNext(Call.SIGNAL);
        it.life.cancels(it.run);
        Awaitility.await()
                .atMost(LONG)
                .until(() -> gantry.now(it.run)
                        .stopRequest()
                        .flatMap(StopRequest::signal)
                        .isPresent());
        it.life.stops();
        it.carried.awaitReturn();
        Life successor = gantry.aLife();

        successor.carriesOut(successor.adopts(gantry.now(it.run)));

        assertThat(signals()).containsExactly("TERM", "TERM", "KILL");
    }

    /** By the engine's clock and by the database's. */
    private void theGracePeriodPasses() {
        engine().passes(GRACE);
        db.jdbi()
                .useHandle(handle -> handle.createUpdate(
                                "update runs set stop_requested_at = stop_requested_at - make_interval(secs => :grace)")
                        .bind("grace", GRACE.toSeconds())
                        .execute());
    }

    private void awaitTerm() {
        Awaitility.await().atMost(LONG).until(() -> signals().contains("TERM"));
    }

    /** It got TERM, doesn't heed it, and its owner has let go of it. */
    private Running isEndingWithoutOwner() throws Exception {
        Running it = isRunning(GRACE);
        gantry.containerOf(it.run).ignoresTerm();
        it.life.cancels(it.run);
        awaitTerm();
        it.life.stops();
        it.carried.awaitReturn();
        return it;
    }

    private Running isRunning(Duration grace) {
        engine().containersKeepRunning();
        gantry.isAcceptedWithGrace(grace);
        Life life = gantry.aLife();
        Run run = life.claims();
        Running running = new Running(life, run, life.carries(run));
        gantry.awaitStart(run);
        return running;
    }

    /** A run whose container is up. */
    private final class Running {

        private final Life life;
        private final Run run;
        private final Carrying carried;

        Running(Life life, Run run, Carrying carried) {
            this.life = life;
            this.run = run;
            this.carried = carried;
        }

        Run ended() throws Exception {
            carried.awaitReturn();
            return gantry.now(run);
        }
    }
}
