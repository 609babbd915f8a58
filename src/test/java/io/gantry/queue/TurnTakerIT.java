package io.gantry.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.access.TestDeeds;
import io.gantry.database.Database;
import io.gantry.database.TestDatabase;
import io.gantry.logs.FlakyDataSource;
import io.gantry.run.Run;
import io.gantry.run.RunId;
import io.gantry.run.RunStore;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What happens in a turn. */
class TurnTakerIT {

    @RegisterExtension
    static final TestDatabase db = TestDatabase.migrated();

    private final FlakyDataSource line = new FlakyDataSource(db.dataSource());
    private final QueueStore queue = new QueueStore(db.database(), new RunStore(), 2);
    private final QueuedRuns queued = new QueuedRuns(db.database(), queue);
    private final Bell bell = new Bell();
    private final List<RunId> carried = new CopyOnWriteArrayList<>();

    private TestNode node;

    @BeforeEach
    void a_node_joins() throws Exception {
        db.empty();
        node = TestNode.joins("node", db, new Database(line));
    }

    @AfterEach
    void it_leaves() {
        bell.stop();
        node.close();
    }

    private TurnTaker turn(Carrier carrier) {
        return new TurnTaker(node.claims(), carrier, bell);
    }

    private CompletableFuture<Void> turnUnderWay() {
        return CompletableFuture.runAsync(
                () -> turn(run -> carried.add(run.id())).take());
    }

    @Test
    void it_carries_one_run() {
        List<Run> runs = queued.accept(2);

        turn(run -> carried.add(run.id())).take();

        assertThat(carried).containsExactly(runs.get(0).id());
    }

    @Test
    void it_ends_when_nothing_waits() {
        turn(run -> carried.add(run.id())).take();

        assertThat(carried).isEmpty();
    }

    @Test
    void it_waits_for_a_slot_and_takes_whichever_run_is_the_first_then() throws Exception {
        List<Run> runs = queued.accept(4);
        node.claims().take();
        node.claims().take();
        CompletableFuture<Void> turn = turnUnderWay();
        queue.cancel(runs.get(2).id(), TestDeeds.by("test"));
        db.jdbi()
                .useHandle(handle -> handle.execute(
                        "update runs set status = 'succeeded', finished_at = now() where id = ?",
                        runs.get(0).id().value()));

        turn.get(30, TimeUnit.SECONDS);

        assertThat(carried).containsExactly(runs.get(3).id());
    }

    @Test
    void it_outlives_a_loss_of_the_database() throws Exception {
        Run run = queued.accept();
        line.break_down();
        CompletableFuture<Void> turn = turnUnderWay();
        Awaitility.await().until(() -> line.refusedConnections() > 1);
        line.recover();

        turn.get(30, TimeUnit.SECONDS);

        assertThat(carried).containsExactly(run.id());
    }

    @Test
    void it_ends_when_the_process_stops() throws Exception {
        queued.accept(3);
        node.claims().take();
        node.claims().take();
        CompletableFuture<Void> turn = turnUnderWay();

        bell.stop();

        turn.get(30, TimeUnit.SECONDS);
        assertThat(carried).isEmpty();
    }

    @Test
    void a_run_that_was_dropped_by_a_failure_is_taken_up_by_the_next_turn() {
        Run run = queued.accept();
        TurnTaker failing = turn(r -> {
            throw new IllegalStateException("lost");
        });
        assertThatThrownBy(failing::take).hasMessage("lost");

        turn(r -> carried.add(r.id())).take();

        assertThat(carried).containsExactly(run.id());
    }
}
