package io.gantry.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.access.TestDeeds;
import io.gantry.database.Database;
import io.gantry.database.TestDatabase;
import io.gantry.logs.FlakyDataSource;
import io.gantry.problem.ProblemException;
import io.gantry.run.Outcome;
import io.gantry.run.Owner;
import io.gantry.run.Run;
import io.gantry.run.RunEvent;
import io.gantry.run.RunId;
import io.gantry.run.RunProblem;
import io.gantry.run.RunStatus;
import io.gantry.run.RunStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class QueueStoreIT {

    @RegisterExtension
    static final TestDatabase db = TestDatabase.migrated();

    private static final Owner NODE = new Owner("a", UUID.randomUUID());
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final Database database = db.database();
    private final RunStore runs = new RunStore();
    private final QueueStore queue = new QueueStore(database, runs, 2);
    private final QueuedRuns queued = new QueuedRuns(database, queue);

    @BeforeEach
    void nothing_is_queued() {
        db.empty();
    }

    @Test
    void runs_are_claimed_in_the_order_of_acceptance() {
        List<Run> accepted = queued.accept(3);

        assertThat(claimed().id()).isEqualTo(accepted.get(0).id());
        assertThat(claimed().id()).isEqualTo(accepted.get(1).id());
    }

    @Test
    void no_more_run_than_there_are_slots_and_an_end_frees_one() {
        queued.accept(3);
        Run first = claimed();
        claimed();

        assertThat(queue.claimNext(NODE)).isEmpty();
        end(first);
        assertThat(queue.claimNext(NODE)).isPresent();
    }

    @Test
    void an_empty_queue_gives_nothing() {
        assertThat(queue.claimNext(NODE)).isEmpty();
        assertThat(queue.view().anyQueued()).isFalse();
    }

    @Test
    void order_and_limit_hold_while_many_accept_claim_and_end_at_once() throws Exception {
        List<Run> claims = Collections.synchronizedList(new ArrayList<>());
        List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());
        ExecutorService pool = Executors.newFixedThreadPool(8);
        List<Future<?>> work = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            work.add(pool.submit(() -> queued.accept(25)));
            work.add(pool.submit(() -> claimAndEnd(claims, sizes, 100)));
        }
        for (Future<?> each : work) {
            each.get(60, TimeUnit.SECONDS);
        }
        pool.shutdown();

        assertThat(claims).hasSize(100);
        assertThat(sizes).allMatch(size -> size <= 2);
        List<Instant> byClaim = claims.stream()
                .sorted((a, b) ->
                        a.claimedAt().orElseThrow().compareTo(b.claimedAt().orElseThrow()))
                .map(Run::queuedAt)
                .toList();
        assertThat(byClaim).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void runs_are_claimed_in_order_when_the_clock_steps_back() {
        Run before = queued.accept();
        clockWasAheadUntilNow();
        List<Run> accepted = new ArrayList<>(List.of(before));
        accepted.addAll(queued.accept(3));
        List<Run> claims = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Run run = claimed();
            end(run);
            claims.add(run);
        }

        assertThat(claims)
                .extracting(Run::id)
                .isEqualTo(accepted.stream().map(Run::id).toList());
        assertThat(accepted).extracting(Run::queuedAt).isSorted().doesNotHaveDuplicates();
        assertThat(claims)
                .extracting(run -> run.claimedAt().orElseThrow())
                .isSorted()
                .doesNotHaveDuplicates()
                .allMatch(accepted.get(3).queuedAt()::isBefore);
    }

    @Test
    void who_waited_too_long_gets_no_slot_however_many_there_are() {
        queued.accept(1001);
        queueTimeoutsAreOver();
        Run inTime = queued.accept();

        assertThat(queue.claimNext(NODE)).isEmpty();
        assertThat(queue.claimNext(NODE).map(Run::id)).contains(inTime.id());
        assertThat(queue.expire()).hasSize(1001);
    }

    @Test
    void who_waited_too_long_is_told_of_only_after_the_commit() {
        Run late = queued.accept();
        queueTimeoutsAreOver();
        FlakyDataSource line = new FlakyDataSource(db.dataSource());
        QueueStore broken = new QueueStore(new Database(line), runs, 2);

        line.fail_commits(2);
        assertThatThrownBy(() -> broken.claimNext(NODE)).isInstanceOf(ProblemException.class);
        assertThatThrownBy(broken::expire).isInstanceOf(ProblemException.class);

        assertThat(find(late.id()).status()).isEqualTo(RunStatus.QUEUED);
        assertThat(broken.expire()).extracting(Run::id).containsExactly(late.id());
    }

    @Test
    void cancelling_a_queued_run_takes_it_out_of_the_line_at_once() {
        List<Run> accepted = queued.accept(2);

        Run cancelled = queue.cancel(accepted.get(0).id(), TestDeeds.by("test"))
                .orElseThrow()
                .run();

        assertThat(cancelled.status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(claimed().id()).isEqualTo(accepted.get(1).id());
        assertThat(queue.cancel(cancelled.id(), TestDeeds.by("test")))
                .contains(new Cancellation(cancelled, Cancellation.Effect.NONE));
    }

    @Test
    void cancelling_a_running_run_tells_its_owner_and_the_first_time_counts() {
        queued.accept();
        Run running = claimed();

        Run asked =
                queue.cancel(running.id(), TestDeeds.by("test")).orElseThrow().run();
        queue.cancel(running.id(), TestDeeds.by("test"));

        assertThat(asked.status()).isEqualTo(RunStatus.RUNNING);
        assertThat(find(running.id()).stopRequestedAt()).isEqualTo(asked.stopRequestedAt());
    }

    @Test
    void a_run_that_is_over_cannot_be_cancelled() {
        queued.accept();
        Run running = claimed();
        end(running);

        assertThatThrownBy(() -> queue.cancel(running.id(), TestDeeds.by("test")))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(RunProblem.RUN_FINISHED));
        assertThat(queue.cancel(RunId.random(), TestDeeds.by("test"))).isEmpty();
    }

    @Test
    void an_adoption_fences_the_former_owner() {
        queued.accept();
        Run mine = claimed();
        Owner other = new Owner("b", UUID.randomUUID());

        Run theirs = queue.adopt(mine, other).orElseThrow();

        assertThat(theirs.ownership().owner()).contains(other.incarnation());
        assertThat(queue.adopt(mine, NODE)).as("seen before the adoption").isEmpty();
        assertThat(save(mine, mine.on(new RunEvent.CreationIntended("engine", "sha256:0"))))
                .isFalse();
        assertThat(database.<Optional<RunStore.Standing>>read(handle -> runs.findStanding(handle, mine)))
                .isEmpty();
    }

    @Test
    void an_adoption_keeps_what_the_former_owner_committed_since_it_was_looked_at() {
        queued.accept();
        Run seen = claimed();
        Run created = seen.on(new RunEvent.CreationIntended("engine", "sha256:0"));
        assertThat(save(seen, created)).isTrue();
        Run intended = created.on(new RunEvent.StartIntended("container", NOW));
        assertThat(save(created, intended)).isTrue();

        Run adopted = queue.adopt(seen, new Owner("b", UUID.randomUUID())).orElseThrow();

        assertThat(adopted.container()).isEqualTo(intended.container());
        assertThat(find(seen.id())).isEqualTo(adopted);
    }

    @Test
    void a_run_that_is_given_up_frees_its_slot_and_its_former_owner_writes_nothing() {
        queued.accept(3);
        Run mine = claimed();
        claimed();

        Run lost = queue.giveUp(mine, "Its node is gone.").orElseThrow();

        assertThat(find(mine.id())).isEqualTo(lost);
        assertThat(save(mine, mine.on(new RunEvent.CreationIntended("engine", "sha256:0"))))
                .isFalse();
        assertThat(queue.adopt(mine, NODE)).isEmpty();
        assertThat(queue.claimNext(NODE)).isPresent();
    }

    @Test
    void a_run_that_was_adopted_meanwhile_is_not_given_up() {
        queued.accept();
        Run seen = claimed();
        Run adopted = queue.adopt(seen, new Owner("b", UUID.randomUUID())).orElseThrow();

        assertThat(queue.giveUp(seen, "Its node is gone.")).isEmpty();
        assertThat(find(seen.id())).isEqualTo(adopted);
    }

    private Void claimAndEnd(List<Run> claims, List<Integer> sizes, int all) {
        while (claims.size() < all) {
            sizes.add(queue.view().running().size());
            queue.claimNext(NODE).ifPresent(run -> {
                claims.add(run);
                end(run);
            });
        }
        return null;
    }

    private void clockWasAheadUntilNow() {
        database.useTransaction(
                handle -> handle.execute("update ledger set last_stamp = clock_timestamp() + interval '1 h'"));
    }

    private void queueTimeoutsAreOver() {
        database.useTransaction(
                handle -> handle.createUpdate("update runs set queue_deadline = clock_timestamp() - interval '1 s'")
                        .execute());
    }

    private Run claimed() {
        return queue.claimNext(NODE).orElseThrow();
    }

    private void end(Run run) {
        Outcome outcome = new Outcome.Succeeded(Outcome.OomKill.NOT_SEEN);
        assertThat(save(run, run.on(new RunEvent.Ended(outcome, Instant.EPOCH, true))))
                .isTrue();
    }

    private boolean save(Run before, Run after) {
        return database.inTransaction(handle -> runs.save(handle, before, after));
    }

    private Run find(RunId id) {
        return database.<Optional<Run>>read(handle -> runs.find(handle, id)).orElseThrow();
    }
}
