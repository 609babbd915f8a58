package io.gantry.invariant;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.database.TestDatabase;
import io.gantry.queue.QueueStore;
import io.gantry.queue.QueuedRuns;
import io.gantry.run.Outcome;
import io.gantry.run.Owner;
import io.gantry.run.Run;
import io.gantry.run.RunEvent;
import io.gantry.run.RunStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two runs have ended, the first with a log of two streams; one runs, one waits. Each rule is then broken by hand. */
class StoredRulesIT {

    @RegisterExtension
    static final TestDatabase db = TestDatabase.migrated();

    private static final Owner NODE = new Owner("a", UUID.randomUUID());

    private final RunStore runs = new RunStore();
    private final QueueStore queue = new QueueStore(db.database(), runs, 2);
    private final List<Rule> rules = StoredRules.of(db.database(), 2, 5);

    private List<Run> accepted = List.of();

    @BeforeEach
    void all_is_well() {
        db.empty();
        accepted = new QueuedRuns(db.database(), queue).accept(4);
        claim();
        log(first(), 1, 1, 0, 0, "hello\n");
        log(first(), 2, 2, 6, 0, "oops\n");
        log(first(), 3, 1, 11, 6, "bye\n");
        sql(
                "update runs set log_chunks = 3, log_bytes = 15 where id = ?",
                first().id().value());
        end(claimed(first()), new Outcome.Succeeded(Outcome.OomKill.NOT_SEEN));
        claim();
        end(claimed(second()), Outcome.cancelled());
        claim();
        sql("update ledger set tasks = (select count(*) from tasks)");
    }

    @Test
    void a_database_that_only_the_service_has_written_keeps_all_rules() {
        assertThat(rules).extracting(rule -> rule.breach().get()).containsOnly(Optional.empty());
    }

    @Test
    void more_runs_with_a_slot_than_may() {
        new QueuedRuns(db.database(), queue).accept();
        sql("update runs set status = 'running', claimed_at = queued_at, epoch = 1 where status = 'queued'");

        assertThat(breachOf("slots")).startsWith("3 runs hold a slot, and 2 may");
    }

    @Test
    void a_run_that_was_claimed_before_an_older_one() {
        sql(
                "update runs set claimed_at = claimed_at - interval '1 h' where id = ?",
                second().id().value());

        assertThat(breachOf("claim-order")).isEqualTo("Run " + first().id() + " was claimed after a younger one.");
    }

    @Test
    void a_run_that_waits_while_a_younger_one_was_claimed() {
        sql("update runs set position = 0 where id = ?", waiting().id().value());

        assertThat(breachOf("claim-order"))
                .isEqualTo("Run " + waiting().id() + " waits, and a younger one was claimed.");
    }

    @Test
    void positions_that_are_not_in_the_order_of_acceptance() {
        sql(
                "update runs set queued_at = queued_at + interval '1 h' where id = ?",
                first().id().value());

        assertThat(breachOf("claim-order")).isEqualTo("Run " + second().id() + " was claimed after a younger one.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "exit_code = 1",
                "exit_code = null",
                "failure_code = 'exit-code'",
                "log_complete = null",
                "owner = gen_random_uuid()",
                "claimed_at = null",
                "status = 'failed'",
            })
    void a_succeeded_run_whose_columns_say_otherwise(String change) {
        sql("alter table runs drop constraint if exists runs_claimed_check");
        sql("update runs set " + change + " where id = ?", first().id().value());

        assertThat(breachOf("outcomes")).startsWith("Run " + first().id() + " is ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"owner = gen_random_uuid()", "container_id = 'abc'", "engine_id = 'abc'"})
    void a_queued_run_that_somebody_has_begun(String change) {
        sql("update runs set " + change + " where id = ?", waiting().id().value());

        assertThat(breachOf("outcomes"))
                .isEqualTo("Run " + waiting().id() + " is queued, and its other columns say otherwise.");
    }

    @Test
    void an_ended_run_without_an_end() {
        sql("alter table runs drop constraint if exists runs_check1");
        sql("update runs set finished_at = null where id = ?", first().id().value());

        assertThat(breachOf("outcomes")).startsWith("Run " + first().id() + " is succeeded");
    }

    @Test
    void a_run_without_a_task() {
        sql("alter table runs drop constraint if exists runs_task_id_fkey");
        sql(
                "update runs set task_id = gen_random_uuid() where id = ?",
                first().id().value());

        assertThat(breachOf("lineage")).isEqualTo("Run " + first().id() + " has no task.");
    }

    @Test
    void a_task_with_two_active_runs() {
        sql(
                "update runs set task_id = ? where id = ?",
                running().taskId().value(),
                waiting().id().value());

        assertThat(breachOf("lineage")).isEqualTo("Task " + running().taskId() + " has 2 active runs.");
    }

    @Test
    void a_task_whose_latest_run_is_another_tasks() {
        sql("drop index if exists tasks_by_latest_run");
        sql(
                "update tasks set latest_run_id = ? where id = ?",
                second().id().value(),
                first().taskId().value());

        assertThat(breachOf("lineage"))
                .isEqualTo("Task " + first().taskId() + " has a latest run that is not its own.");
    }

    @Test
    void a_ledger_that_counts_wrong() {
        sql("update ledger set tasks = 3");

        assertThat(breachOf("tasks")).isEqualTo("4 tasks are stored, and the ledger counts 3.");
    }

    @Test
    void more_tasks_than_may_be() {
        new QueuedRuns(db.database(), queue).accept(2);
        sql("update ledger set tasks = 6");

        assertThat(breachOf("tasks")).startsWith("6 tasks are stored, and 5 may be");
    }

    @ParameterizedTest
    @ValueSource(strings = {"seq = 4", "log_offset = 12", "stream_offset = 7", "stream = 2"})
    void a_chunk_that_is_not_where_the_one_before_it_ends(String change) {
        sql("update log_chunks set " + change + " where seq = 3");

        assertThat(breachOf("logs")).endsWith(" of run " + first().id() + " is not where the one before it ends.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update runs set log_bytes = 16",
                "update runs set log_chunks = 4",
                "delete from log_chunks where seq = 3",
                "delete from log_chunks",
            })
    void a_log_that_is_not_what_its_run_says(String change) {
        sql(change);

        assertThat(breachOf("logs")).matches("Run .* has \\d+ bytes of log by its row, and \\d+ are stored\\.");
    }

    @Test
    void the_look_at_contradictions_among_many_runs_needs_no_more_than_an_empty_index() {
        String plan = db.jdbi().withHandle(handle -> {
            handle.execute("set enable_seqscan = off");
            return String.join(
                    "\n",
                    handle.createQuery("explain select * from contradictory_runs limit 1")
                            .mapTo(String.class)
                            .list());
        });

        assertThat(plan).contains("contradictory_runs_by_id");
    }

    private String breachOf(String name) {
        List<String> broken = rules.stream()
                .filter(rule -> rule.breach().get().isPresent())
                .map(Rule::name)
                .toList();
        assertThat(broken).contains(name);
        return rules.stream()
                .filter(rule -> rule.name().equals(name))
                .findFirst()
                .flatMap(rule -> rule.breach().get())
                .orElseThrow();
    }

    private Run first() {
        return accepted.get(0);
    }

    private Run second() {
        return accepted.get(1);
    }

    private Run running() {
        return accepted.get(2);
    }

    private Run waiting() {
        return accepted.get(3);
    }

    private void claim() {
        assertThat(queue.claimNext(NODE)).isPresent();
    }

    private Run claimed(Run run) {
        return db.database().read(handle -> runs.find(handle, run.id()).orElseThrow());
    }

    private void end(Run run, Outcome outcome) {
        db.database()
                .useTransaction(
                        handle -> runs.save(handle, run, run.on(new RunEvent.Ended(outcome, Instant.EPOCH, true))));
    }

    private static void log(Run run, int seq, int stream, int offset, int streamOffset, String text) {
        sql(
                "insert into log_chunks values (?, ?, ?, clock_timestamp(), ?, ?, convert_to(?, 'UTF8'))",
                run.id().value(),
                seq,
                stream,
                offset,
                streamOffset,
                text);
    }

    private static void sql(String statement, Object... arguments) {
        db.jdbi().useHandle(handle -> handle.execute(statement, arguments));
    }
}
