package io.gantry.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.database.TestDatabase;
import io.gantry.engine.FakeEngine;
import io.gantry.queue.QueueStore;
import io.gantry.queue.QueuedRuns;
import io.gantry.queue.TestNode;
import io.gantry.queue.Turns;
import io.gantry.run.Run;
import io.gantry.run.RunStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Turns that got lost are made good. */
class ReconcilerIT {

    private static final Duration LONG = Duration.ofSeconds(30);

    @RegisterExtension
    static final TestDatabase db = TestDatabase.migrated();

    private final QueueStore queue = new QueueStore(db.database(), new RunStore(), 2);
    private final QueuedRuns queued = new QueuedRuns(db.database(), queue);
    private final RecordedNews news = new RecordedNews();
    private final AtomicInteger spares = new AtomicInteger();
    private final AtomicInteger rounds = new AtomicInteger();

    private TestNode node;
    private Reconciler reconciler;

    @BeforeEach
    void a_node_joins() throws Exception {
        db.empty();
        node = TestNode.joins("node", db);
        reconciler = new Reconciler(
                node.claims(),
                new CountedTurns(),
                queue,
                new Cleaner(new FakeEngine(), "ours", Duration.ofSeconds(15), news),
                node.ownerReturn(queue),
                news,
                List.of(
                        () -> {
                            throw new IllegalStateException("this part of the housekeeping always fails");
                        },
                        rounds::incrementAndGet));
    }

    @AfterEach
    void it_leaves() {
        reconciler.stop();
        node.close();
    }

    private void awaitRounds(int more) {
        int before = rounds.get();
        Awaitility.await().atMost(LONG).until(() -> rounds.get() >= before + more);
    }

    @Test
    void at_the_start_a_turn_is_added_at_once_when_something_can_be_taken() {
        queued.accept();

        reconciler.start();

        awaitRounds(1);
        assertThat(spares).hasValue(1);
    }

    @Test
    void a_turn_is_added_when_nobody_takes_what_could_be_taken() {
        reconciler.start();
        awaitRounds(1);
        queued.accept();

        Awaitility.await().atMost(LONG).until(() -> news.mended().contains(ExecutionListener.Mended.LOST_TURN));

        assertThat(spares).hasPositiveValue();
        assertThat(reconciler.stalledFor()).isPositive();
        node.claims().take();
        awaitRounds(2);
        assertThat(reconciler.stalledFor()).isZero();
    }

    @Test
    void no_turn_is_added_for_runs_that_wait_for_a_slot() {
        queued.accept(3);
        node.claims().take();
        node.claims().take();

        reconciler.start();

        awaitRounds(3);
        assertThat(spares).hasValue(0);
    }

    @Test
    void what_fails_in_a_round_ends_neither_the_round_nor_the_others() {
        db.jdbi().useHandle(handle -> handle.execute("alter table runs rename to mislaid"));
        try {
            reconciler.start();
            awaitRounds(2);
        } finally {
            db.jdbi().useHandle(handle -> handle.execute("alter table mislaid rename to runs"));
        }
        queued.accept();

        Awaitility.await().atMost(LONG).until(() -> spares.get() > 0);
        assertThat(reconciler.sinceLastRound()).isLessThan(LONG);
    }

    private final class CountedTurns implements Turns {

        @Override
        public void add(Run run) {
            throw new AssertionError("it is no run that the reconciler adds a turn for");
        }

        @Override
        public void addSpare() {
            spares.incrementAndGet();
        }
    }
}
