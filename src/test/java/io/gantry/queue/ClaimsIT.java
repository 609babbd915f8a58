package io.gantry.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.database.Database;
import io.gantry.database.TestDatabase;
import io.gantry.run.Outcome;
import io.gantry.run.Owner;
import io.gantry.run.Run;
import io.gantry.run.RunEvent;
import io.gantry.run.RunId;
import io.gantry.run.RunStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a node takes, and what it leaves alone, with other nodes on the same database. */
class ClaimsIT {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SILENCE = Duration.ofMillis(2500);

    @RegisterExtension
    static final TestDatabase db = TestDatabase.migrated();

    private final Database database = db.database();
    private final RunStore runs = new RunStore();
    private final QueuedRuns queued = new QueuedRuns(database, new QueueStore(database, runs, 2));
    private final List<TestNode> nodes = new ArrayList<>();

    @BeforeEach
    void nothing_is_queued() {
        db.empty();
    }

    @AfterEach
    void all_nodes_leave() {
        nodes.forEach(TestNode::close);
    }

    private TestNode aNode(String name) throws Exception {
        return known(TestNode.joins(name, db));
    }

    /** One that soon takes others for dead. */
    private TestNode anObserver(String name) throws Exception {
        return known(TestNode.joins(name, db, SILENCE));
    }

    private TestNode known(TestNode node) {
        nodes.add(node);
        return node;
    }

    private static Run taken(TestNode node) {
        Look look = node.claims().take();
        assertThat(look).isInstanceOf(Look.Taken.class);
        return ((Look.Taken) look).run();
    }

    private Run saved(Run run, RunEvent event) {
        Run after = run.on(event);
        assertThat(database.<Boolean>inTransaction(handle -> runs.save(handle, run, after)))
                .isTrue();
        return after;
    }

    private Run ended(Run run) {
        return saved(run, new RunEvent.Ended(new Outcome.Succeeded(Outcome.OomKill.NOT_SEEN), Instant.EPOCH, true));
    }

    private void awaitSilence(TestNode silent, TestNode observer) {
        Awaitility.await()
                .atMost(LONG)
                .until(() -> observer.node().watch().isSilent(silent.node().incarnation()));
    }

    @Nested
    class A_look {

        @Test
        void takes_the_first_in_line_while_a_slot_is_free() throws Exception {
            TestNode node = aNode("a");
            List<Run> accepted = queued.accept(3);

            assertThat(taken(node).id()).isEqualTo(accepted.get(0).id());
            assertThat(taken(node).id()).isEqualTo(accepted.get(1).id());
            assertThat(node.claims().take()).isEqualTo(new Look.Later());
        }

        @Test
        void at_an_empty_line_finds_nothing_to_wait_for() throws Exception {
            assertThat(aNode("a").claims().take()).isEqualTo(new Look.Nothing());
        }

        @Test
        void without_an_engine_takes_nothing_but_knows_that_something_waits() throws Exception {
            TestNode node = aNode("a").hasNoEngine();
            assertThat(node.claims().take()).isEqualTo(new Look.Nothing());
            queued.accept();

            assertThat(node.claims().take()).isEqualTo(new Look.Later());
            assertThat(node.claims().findTakeable()).isEmpty();
        }

        @Test
        void by_a_node_whose_name_was_taken_takes_nothing() throws Exception {
            TestNode node = aNode("a");
            queued.accept();
            db.jdbi().useHandle(handle -> handle.execute("update nodes set incarnation = gen_random_uuid()"));
            Awaitility.await().atMost(LONG).until(() -> node.node().isReplaced());

            assertThat(node.claims().take()).isEqualTo(new Look.Later());
            assertThat(node.claims().findTakeable()).isEmpty();
        }

        @Test
        void tells_the_reconciler_what_it_would_find() throws Exception {
            TestNode node = aNode("a");
            assertThat(node.claims().findTakeable()).isEmpty();
            queued.accept(3);
            assertThat(node.claims().findTakeable()).isPresent();
            Run first = taken(node);
            taken(node);
            assertThat(node.claims().findTakeable()).isEmpty();

            node.claims().letGo(ended(first));
            assertThat(node.claims().findTakeable()).isPresent();
        }
    }

    @Nested
    class Adoption {

        @Test
        void leaves_the_runs_of_a_node_alone_that_beats() throws Exception {
            TestNode a = aNode("a");
            TestNode b = anObserver("b");
            queued.accept();
            taken(a);

            awaitBeats(b, 4);

            assertThat(b.claims().take()).isEqualTo(new Look.Nothing());
        }

        @Test
        void takes_the_run_of_a_node_that_has_fallen_silent() throws Exception {
            TestNode a = aNode("a");
            TestNode b = anObserver("b");
            queued.accept();
            Run theirs = taken(a);

            a.close();
            awaitSilence(a, b);

            Run ours = taken(b);
            assertThat(ours.id()).isEqualTo(theirs.id());
            assertThat(ours.epoch()).isEqualTo(theirs.epoch() + 1);
            assertThat(ours.ownership().owner()).contains(b.node().incarnation());
            assertThat(ours.claimedAt()).isEqualTo(theirs.claimedAt());
        }

        @Test
        void takes_the_run_of_a_former_life_at_once() throws Exception {
            TestNode former = aNode("a");
            queued.accept();
            Run theirs = taken(former);
            former.close();

            TestNode later = aNode("a");

            assertThat(taken(later).id()).isEqualTo(theirs.id());
        }

        @Test
        void takes_a_run_that_was_let_go_at_once() throws Exception {
            TestNode a = aNode("a");
            TestNode b = aNode("b");
            queued.accept();
            Run released = saved(taken(a), new RunEvent.Released());

            assertThat(taken(b).id()).isEqualTo(released.id());
        }

        @Test
        void takes_a_run_of_this_process_that_nothing_drives_any_more() throws Exception {
            TestNode a = aNode("a");
            TestNode b = aNode("b");
            queued.accept();
            Run lost = taken(a);
            assertThat(a.claims().take()).as("while it is driven").isEqualTo(new Look.Nothing());

            a.claims().letGo(lost);

            assertThat(b.claims().take()).as("of another process").isEqualTo(new Look.Nothing());
            assertThat(taken(a).epoch()).isEqualTo(lost.epoch() + 1);
        }

        @Test
        void of_a_run_that_comes_back_does_not_end_with_the_end_of_the_former_drive() throws Exception {
            TestNode a = anObserver("a");
            TestNode b = aNode("b");
            queued.accept();
            Run before = taken(a);
            b.close();
            Run theirs = new QueueStore(database, runs, 2)
                    .adopt(before, new Owner("b", b.node().incarnation()))
                    .orElseThrow();
            awaitSilence(b, a);
            Run back = taken(a);
            assertThat(back.epoch()).isEqualTo(theirs.epoch() + 1);

            // The drive from before notices only now that the run had gone.
            a.claims().letGo(before);

            assertThat(a.claims().take()).isEqualTo(new Look.Nothing());
        }

        @Test
        void leaves_a_run_alone_whose_container_is_on_another_engine() throws Exception {
            TestNode a = aNode("a").isOn("E1");
            TestNode b = aNode("b").isOn("E2");
            TestNode c = aNode("c").isOn("E1");
            queued.accept();
            Run onE1 = saved(saved(taken(a), new RunEvent.CreationIntended("E1", "sha256:0")), new RunEvent.Released());

            assertThat(b.claims().take()).isEqualTo(new Look.Nothing());
            assertThat(b.claims().findTakeable()).isEmpty();
            assertThat(taken(c).id()).isEqualTo(onE1.id());
        }

        @Test
        void takes_a_run_that_has_no_container_to_whatever_engine() throws Exception {
            TestNode a = aNode("a").isOn("E1");
            TestNode b = aNode("b").isOn("E2");
            queued.accept();
            Run nowhere = saved(taken(a), new RunEvent.Released());

            assertThat(taken(b).id()).isEqualTo(nowhere.id());
        }

        @Test
        void comes_before_claiming_and_needs_no_free_slot() throws Exception {
            TestNode a = aNode("a");
            TestNode b = aNode("b");
            List<Run> accepted = queued.accept(4);
            saved(taken(a), new RunEvent.Released());
            saved(taken(a), new RunEvent.Released());

            assertThat(List.of(taken(b).id(), taken(b).id()))
                    .containsExactly(accepted.get(0).id(), accepted.get(1).id());
            assertThat(b.claims().take()).as("both slots are taken").isEqualTo(new Look.Later());
        }

        @Test
        void is_one_node_s_only_however_many_look_at_once() throws Exception {
            TestNode former = aNode("former");
            queued.accept(2);
            List<RunId> released = List.of(
                    saved(taken(former), new RunEvent.Released()).id(),
                    saved(taken(former), new RunEvent.Released()).id());
            List<TestNode> takers = List.of(aNode("a"), aNode("b"));
            List<Run> adopted = new CopyOnWriteArrayList<>();

            inParallel(8, i -> {
                if (takers.get(i % 2).claims().take() instanceof Look.Taken taken) {
                    adopted.add(taken.run());
                }
            });

            assertThat(adopted).extracting(Run::id).containsExactlyInAnyOrderElementsOf(released);
        }

        private void awaitBeats(TestNode observer, int count) {
            long before = beatsOf(observer);
            Awaitility.await().atMost(LONG).until(() -> beatsOf(observer) >= before + count);
        }

        private long beatsOf(TestNode node) {
            return db.jdbi()
                    .withHandle(handle -> handle.createQuery("select heartbeat from nodes where name = ?")
                            .bind(0, node.node().name())
                            .mapTo(Long.class)
                            .one());
        }
    }

    @Test
    void order_and_limit_hold_with_many_takers_on_two_nodes() throws Exception {
        List<TestNode> takers = List.of(aNode("a"), aNode("b"));
        List<Run> carried = new CopyOnWriteArrayList<>();
        AtomicInteger atOnce = new AtomicInteger();
        List<Integer> counts = new CopyOnWriteArrayList<>();

        inParallel(10, i -> {
            if (i < 2) {
                queued.accept(40);
                return;
            }
            Claims claims = takers.get(i % 2).claims();
            while (carried.size() < 80) {
                if (claims.take() instanceof Look.Taken taken) {
                    counts.add(atOnce.incrementAndGet());
                    carried.add(taken.run());
                    atOnce.decrementAndGet();
                    ended(taken.run());
                    claims.letGo(taken.run());
                }
            }
        });

        assertThat(carried).extracting(Run::id).doesNotHaveDuplicates().hasSize(80);
        assertThat(carried)
                .extracting(Run::epoch)
                .as("each was claimed, none adopted")
                .containsOnly(1L);
        assertThat(counts).allMatch(count -> count <= 2);
        assertThat(carried.stream()
                        .sorted(Comparator.comparing(run -> run.claimedAt().orElseThrow()))
                        .map(Run::position))
                .isSorted()
                .hasSize(80);
    }

    /** What one of several threads does. */
    private interface Work {
        void of(int thread) throws Exception;
    }

    private static void inParallel(int threads, Work work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int thread = i;
            all.add(pool.submit(() -> {
                work.of(thread);
                return Optional.empty();
            }));
        }
        for (Future<?> each : all) {
            each.get(60, TimeUnit.SECONDS);
        }
        pool.shutdown();
    }
}
