package io.gantry.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.database.TestDatabase;
import io.gantry.engine.FakeContainer;
import io.gantry.engine.FakeEngine;
import io.gantry.engine.FakeEngine.Call;
import io.gantry.logs.FlakyDataSource;
import io.gantry.run.FailureCode;
import io.gantry.run.Run;
import io.gantry.run.RunStatus;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Stays with a started container until its end, and takes in all that it writes, whatever breaks in between. */
class FollowingIT {

    @RegisterExtension
    static final TestDatabase db = TestDatabase.migrated();

    @RegisterExtension
    final ExecutionFixture gantry = new ExecutionFixture(db);

    private FakeEngine engine() {
        return gantry.engine();
    }

    /** A run whose container is up. */
    private Run isUnderWay() {
        return isUnderWay(gantry.aLife());
    }

    private Run isUnderWay(Life life) {
        engine().containersKeepRunning();
        gantry.isAccepted();
        Run run = life.claims();
        life.carries(run);
        gantry.awaitStart(run);
        return run;
    }

    private void assertWhole(Run run, String log) {
        Run ended = gantry.awaitEnd(run);
        assertThat(ended.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(ended.logComplete()).contains(true);
        assertThat(gantry.logOf(run)).isEqualTo(log);
    }

    @Test
    void a_feed_that_breaks_costs_no_byte() {
        Run run = isUnderWay();
        FakeContainer container = gantry.containerOf(run).writes("one\n");

        container.breakFeeds();
        container.writes("two\n").exits(0);

        assertWhole(run, "one\ntwo\n");
    }

    @Test
    void a_container_that_closes_its_output_is_waited_for() {
        Run run = isUnderWay();
        FakeContainer container = gantry.containerOf(run).writes("one\n");

        container.endFeeds();
        gantry.awaitFollowers(container);
        container.writes("two\n").exits(0);

        assertWhole(run, "one\ntwo\n");
    }

    @Test
    void an_engine_that_is_away_while_the_container_goes_on_costs_no_byte() {
        Run run = isUnderWay();
        FakeContainer container = gantry.containerOf(run).writes("before\n");

        engine().goDown();
        container.writes("meanwhile\n");
        gantry.awaitVainQuestion(Call.INSPECT);
        engine().comeUp();
        container.writes("after\n").exits(0);

        assertWhole(run, "before\nmeanwhile\nafter\n");
    }

    @Test
    void what_a_container_writes_last_while_the_engine_is_away_is_not_missed() {
        Run run = isUnderWay();
        FakeContainer container = gantry.containerOf(run).writes("before\n");

        engine().goDown();
        container.writes("last words\n").exits(0);
        gantry.awaitVainQuestion(Call.INSPECT);
        engine().comeUp();

        assertWhole(run, "before\nlast words\n");
    }

    @Test
    void what_a_container_writes_last_while_the_engine_is_away_for_a_blink_is_not_missed_if_the_engine_has_it() {
        Run run = isUnderWay();
        FakeContainer container = gantry.containerOf(run).writes("before\n");

        container.writesUnseen("last words\n").exitsUnseen(0);

        Run ended = gantry.awaitEnd(run);
        assertThat(ended.failure().orElseThrow().code()).isEqualTo(FailureCode.CONTAINER_LOST);
        assertThat(ended.logComplete()).as("there may be more").contains(false);
        assertThat(gantry.logOf(run)).isEqualTo("before\nlast words\n");
    }

    @Test
    void a_database_that_is_away_for_a_while_costs_neither_the_end_nor_a_byte() {
        FlakyDataSource line = gantry.aBadLine();
        Run run = isUnderWay(gantry.aLife("node", line));
        FakeContainer container = gantry.containerOf(run).writes("before\n");

        line.break_down();
        container.writes("meanwhile\n").exits(0);
        Awaitility.await().until(() -> line.refusedConnections() > 2);
        line.recover();

        assertWhole(run, "before\nmeanwhile\n");
    }

    @Test
    void a_database_that_is_away_before_the_start_delays_it() throws Exception {
        FlakyDataSource line = gantry.aBadLine();
        gantry.isAccepted();
        Life life = gantry.aLife("node", line);
        Run run = life.claims();
        engine().beforeNext(Call.ATTACH, line::break_down);
        life.carries(run);
        Awaitility.await().until(() -> line.refusedConnections() > 2);
        assertThat(gantry.startRequestsFor(run)).isZero();

        line.recover();

        assertThat(gantry.awaitEnd(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void a_commit_whose_answer_gets_lost_starts_nothing_twice() throws Exception {
        FlakyDataSource line = gantry.aBadLine();
        gantry.isAccepted();
        Life life = gantry.aLife("node", line);
        Run run = life.claims();
        engine().beforeNext(Call.ATTACH, () -> line.lose_answers_to_commits(1));

        life.carriesOut(run);

        assertThat(line.lostAnswers()).isEqualTo(1);
        assertThat(gantry.now(run).status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(gantry.startRequestsFor(run)).isEqualTo(1);
    }

    @Test
    void a_container_that_is_removed_by_somebody_is_lost_with_what_it_had_not_yet_told() {
        Run run = isUnderWay();
        FakeContainer container = gantry.containerOf(run).writes("before\n");

        engine().vanish(container.id());
        container.endFeeds();

        Run ended = gantry.awaitEnd(run);
        assertThat(ended.failure().orElseThrow().code()).isEqualTo(FailureCode.CONTAINER_LOST);
        assertThat(ended.logComplete()).contains(false);
        assertThat(gantry.logOf(run)).isEqualTo("before\n");
    }

    @Test
    void a_container_that_vanishes_before_its_log_was_read_again_keeps_its_end_but_not_its_log() {
        Run run = isUnderWay();
        FakeContainer container = gantry.containerOf(run).writes("before\n");
        engine().beforeNext(Call.READ_LOG, () -> engine().vanish(container.id()));

        container.breakFeeds();
        container.exits(0);

        Run ended = gantry.awaitEnd(run);
        assertThat(ended.logComplete()).contains(false);
        assertThat(ended.exitCode()).contains(0);
        assertThat(gantry.logOf(run)).isEqualTo("before\n");
    }

    @Test
    void a_log_that_cannot_be_followed_is_read_at_the_end() {
        Run run = isUnderWay();
        FakeContainer container = gantry.containerOf(run).writes("one\n");
        engine().refuseNext(Call.READ_LOG);

        container.endFeeds();
        gantry.awaitFollowers(container);
        container.writes("two\n").exits(0);

        assertWhole(run, "one\ntwo\n");
    }

    @Test
    void a_log_that_is_out_of_reach_for_a_while_is_waited_for() {
        Run run = isUnderWay();
        FakeContainer container = gantry.containerOf(run).writes("one\n");
        engine().failNext(Call.READ_LOG).failNext(Call.READ_LOG);

        container.breakFeeds();
        container.writes("two\n").exits(0);

        assertWhole(run, "one\ntwo\n");
    }

    @Test
    void an_engine_log_that_has_lost_its_beginning_makes_the_log_incomplete_and_changes_nothing() {
        Run run = isUnderWay();
        FakeContainer container = gantry.containerOf(run).writes("one\n").writes("two\n");

        container.breakFeeds();
        container.losesLogFrames(1).writes("three\n").exits(0);

        Run ended = gantry.awaitEnd(run);
        assertThat(ended.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(ended.logComplete()).contains(false);
        assertThat(gantry.logOf(run)).startsWith("one\ntwo\n").doesNotContain("three");
    }
}
