package io.gantry.queue.quartz;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.gantry.database.TestDatabase;
import io.gantry.queue.QueueStore;
import io.gantry.queue.QueuedRuns;
import io.gantry.queue.TestNode;
import io.gantry.run.Run;
import io.gantry.run.RunId;
import io.gantry.run.RunStatus;
import io.gantry.run.RunStore;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/** Turns on real Quartz threads over its store. */
class QuartzTurnsIT {

    private static final Duration LONG = Duration.ofSeconds(60);

    @RegisterExtension
    static final TestDatabase db = TestDatabase.migrated();

    private final QueuedRuns queued = new QueuedRuns(db.database(), new QueueStore(db.database(), new RunStore(), 2));
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    private TestNode node;
    private TestTurns turns;

    @BeforeEach
    void one_node_takes_turns() throws Exception {
        db.empty();
        logged.start();
        rootLogger().addAppender(logged);
        node = TestNode.joins("node", db);
        turns = new TestTurns(db, node.claims());
    }

    @AfterEach
    void the_node_leaves() throws Exception {
        turns.stop();
        node.close();
        rootLogger().detachAppender(logged);
    }

    @Test
    void every_run_is_taken_once_and_in_order() throws Exception {
        List<Run> runs = accepted(30);

        turns.start();

        awaitEnds(30);
        assertThat(turns.taken()).extracting(Run::id).containsExactlyElementsOf(ids(runs));
        assertThat(count("qrtz_triggers")).isZero();
        assertThat(count("qrtz_job_details")).isZero();
    }

    @Test
    void a_turn_that_waits_longer_than_quartz_tolerates_keeps_its_place() throws Exception {
        turns.holdsRuns();
        List<Run> runs = accepted(10);
        turns.start();
        awaitTaken(2);

        // Every turn is due since 1970, so all have waited far longer than a minute for Quartz.
        assertThat(fireTimesOfWaitingTurns())
                .containsExactlyElementsOf(
                        runs.subList(2, 10).stream().map(Run::position).toList());

        turns.letsRunsEnd();
        awaitEnds(10);
        assertThat(turns.taken()).extracting(Run::id).containsExactlyElementsOf(ids(runs));
    }

    @Test
    void a_turn_added_twice_is_one() throws Exception {
        Run run = queued.accept();
        turns.turns().add(run);
        turns.turns().add(run);

        assertThat(count("qrtz_triggers")).isEqualTo(1);
    }

    @Test
    void a_spare_turn_takes_what_has_none() throws Exception {
        Run run = queued.accept();
        turns.start();

        turns.turns().addSpare();

        awaitEnds(1);
        assertThat(turns.taken()).extracting(Run::id).containsExactly(run.id());
    }

    @Test
    void a_row_without_a_fire_time_holds_nothing_up() throws Exception {
        Run run = accepted(1).get(0);
        for (int fireTime : new int[] {0, -1}) {
            db.jdbi()
                    .useHandle(handle -> handle.createUpdate("""
                            insert into qrtz_triggers (sched_name, trigger_name, trigger_group, job_name, job_group,
                                next_fire_time, prev_fire_time, priority, trigger_state, trigger_type, start_time,
                                end_time, misfire_instr)
                            select sched_name, trigger_name || :time, trigger_group, job_name, job_group,
                                :time, prev_fire_time, priority, trigger_state, trigger_type, start_time,
                                end_time, misfire_instr
                            from qrtz_triggers where trigger_name = :run""")
                            .bind("time", fireTime)
                            .bind("run", run.id().toString())
                            .execute());
        }

        turns.start();

        awaitEnds(1);
    }

    @Test
    void a_stop_waits_for_turns_under_way_and_leaves_the_others() throws Exception {
        turns.holdsRuns();
        accepted(4);
        turns.start();
        awaitTaken(2);

        turns.stop();

        assertThat(count("qrtz_fired_triggers where state = 'EXECUTING'")).isZero();
        // Quartz may take one more turn before it notices that it is to stop.
        assertThat(count("qrtz_triggers")).as("turns of the runs that wait").isBetween(1, 2);
        assertThat(errors()).isEmpty();
    }

    @Test
    void a_stop_does_not_wait_for_ever() throws Exception {
        turns.holdsRuns();
        accepted(1);
        turns.start();
        awaitTaken(1);

        long begin = System.nanoTime();
        turns.turns().stop();

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
        turns.letsRunsEnd();
        awaitEnds(1);
    }

    @Test
    void a_new_life_goes_on_with_the_turns_where_the_former_one_stopped() throws Exception {
        List<Run> runs = accepted(20);
        turns.holdsRuns();
        turns.start();
        awaitTaken(2);
        turns.stop();
        node.close();

        node = TestNode.joins("node", db);
        turns = new TestTurns(db, node.claims());
        turns.start();

        Awaitility.await().atMost(LONG).until(() -> {
            if (node.claims().findTakeable().isPresent()) {
                turns.turns().addSpare();
            }
            return ended() == 20;
        });
        assertThat(turns.taken()).extracting(Run::id).containsExactlyElementsOf(ids(runs));
        assertThat(errors()).isEmpty();
    }

    private List<Run> accepted(int count) {
        List<Run> runs = queued.accept(count);
        runs.forEach(turns.turns()::add);
        return runs;
    }

    private void awaitTaken(int count) {
        Awaitility.await().atMost(LONG).until(() -> turns.taken().size() >= count);
    }

    private void awaitEnds(int count) {
        Awaitility.await().atMost(LONG).until(() -> ended() == count);
        Awaitility.await().atMost(LONG).until(() -> count("qrtz_fired_triggers") == 0);
    }

    private int ended() {
        return count("runs where status = '" + RunStatus.SUCCEEDED.word() + "'");
    }

    private List<Long> fireTimesOfWaitingTurns() {
        return db.jdbi()
                .withHandle(handle -> handle.createQuery("""
                        select next_fire_time from qrtz_triggers
                        where trigger_state = 'WAITING' and misfire_instr = -1
                        order by next_fire_time""").mapTo(Long.class).list());
    }

    private int count(String what) {
        return db.jdbi()
                .withHandle(handle -> handle.createQuery("select count(*) from " + what)
                        .mapTo(Integer.class)
                        .one());
    }

    private List<String> errors() {
        return List.copyOf(logged.list).stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(Level.ERROR))
                .map(event -> event.getLoggerName() + ": " + event.getFormattedMessage())
                .toList();
    }

    private static List<RunId> ids(List<Run> runs) {
        return runs.stream().map(Run::id).toList();
    }

    private static Logger rootLogger() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }
}
