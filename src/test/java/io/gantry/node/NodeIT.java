package io.gantry.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gantry.database.Database;
import io.gantry.database.TestDatabase;
import io.gantry.node.NodeReport.EngineState;
import io.gantry.node.NodeReport.Entry;
import io.gantry.node.NodeReport.State;
import io.gantry.queue.QueueStore;
import io.gantry.queue.QueuedRuns;
import io.gantry.run.Owner;
import io.gantry.run.Run;
import io.gantry.run.RunEvent;
import io.gantry.run.RunStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class NodeIT {

    private static final Duration SILENCE = Duration.ofSeconds(5);

    @RegisterExtension
    static final TestDatabase db = TestDatabase.migrated();

    private final Database database = db.database();
    private final NodeReportStore reports = new NodeReportStore(database, "a", SILENCE);
    private final AtomicReference<NodeEngine> engine = new AtomicReference<>(NodeEngine.reached("engine"));
    private final List<Node> joined = new ArrayList<>();

    @BeforeEach
    void nobody_is_there() {
        db.empty();
    }

    @AfterEach
    void all_leave() {
        joined.forEach(Node::leave);
    }

    @Test
    void a_node_that_joined_is_alive_and_tells_of_its_version_and_its_engine() throws Exception {
        Node node = join("a");

        await().until(() -> only().engine().reachable(), Optional.of(true)::equals);
        Entry told = only();
        assertThat(told.name()).isEqualTo("a");
        assertThat(told.incarnation()).isEqualTo(node.incarnation());
        assertThat(told.state()).isEqualTo(State.ALIVE);
        assertThat(told.version()).contains("1.2.3");
        assertThat(told.engine())
                .isEqualTo(new EngineState(Optional.of("engine"), Optional.of(true), Optional.empty()));
    }

    @Test
    void an_engine_that_is_away_keeps_its_id_and_says_why() throws Exception {
        join("a");
        await().until(() -> only().engine().id().isPresent());

        engine.set(NodeEngine.away("it doesn't answer"));

        await().untilAsserted(() -> assertThat(only().engine())
                .isEqualTo(
                        new EngineState(Optional.of("engine"), Optional.of(false), Optional.of("it doesn't answer"))));
    }

    @Test
    void a_node_that_left_is_stopped_and_one_whose_heartbeat_is_old_is_silent() throws Exception {
        join("a").leave();
        assertThat(only().state()).isEqualTo(State.STOPPED);

        db.jdbi()
                .useHandle(handle -> handle.execute(
                        "update nodes set left_at = null, seen_at = clock_timestamp() - interval '6 s'"));

        assertThat(only().state()).isEqualTo(State.SILENT);
        assertThat(only().engine().reachable()).isEmpty();
    }

    @Test
    void a_node_that_comes_back_is_alive_in_another_life() throws Exception {
        Node before = join("a");
        before.leave();

        Node after = join("a");

        assertThat(only().state()).isEqualTo(State.ALIVE);
        assertThat(only().incarnation()).isEqualTo(after.incarnation()).isNotEqualTo(before.incarnation());
    }

    @Test
    void a_name_that_is_in_use_is_refused() throws Exception {
        join("a");

        assertThatThrownBy(() -> join("a")).isInstanceOf(NodeNameTaken.class);
    }

    @Test
    void runs_are_told_under_the_node_that_drives_them_and_apart_while_nobody_does() throws Exception {
        QueueStore queue = new QueueStore(database, new RunStore(), 3);
        new QueuedRuns(database, queue).accept(3);
        Node node = join("a");
        Run mine = queue.claimNext(new Owner("a", node.incarnation())).orElseThrow();
        Run left = queue.claimNext(new Owner("b", UUID.randomUUID())).orElseThrow();
        Run released = queue.claimNext(new Owner("a", node.incarnation())).orElseThrow();
        database.useTransaction(handle -> new RunStore().save(handle, released, released.on(new RunEvent.Released())));

        NodeReport report = reports.read();

        assertThat(report.answeredBy()).isEqualTo("a");
        assertThat(only().runs())
                .extracting(NodeReport.DrivenRun::id)
                .containsExactly(mine.id().value());
        assertThat(only().runs().get(0).since()).isPresent();
        assertThat(report.unowned())
                .extracting(NodeReport.UnownedRun::id)
                .containsExactly(left.id().value(), released.id().value());
        assertThat(report.unowned()).extracting(run -> run.node().orElseThrow()).containsExactly("b", "a");
    }

    @Test
    void an_adoption_begins_the_time_that_a_node_has_a_run_anew() throws Exception {
        QueueStore queue = new QueueStore(database, new RunStore(), 1);
        new QueuedRuns(database, queue).accept();
        Node node = join("a");
        Run claimed = queue.claimNext(new Owner("a", node.incarnation())).orElseThrow();
        String since = only().runs().get(0).since().orElseThrow();

        queue.adopt(claimed, new Owner("a", node.incarnation()));

        assertThat(only().runs().get(0).since().orElseThrow()).isGreaterThan(since);
    }

    private Entry only() {
        List<Entry> nodes = reports.read().nodes();
        assertThat(nodes).hasSize(1);
        return nodes.get(0);
    }

    private Node join(String name) throws Exception {
        Node node = new Node(
                name,
                new NodeFacts(Optional.of("1.2.3"), engine::get),
                db::connect,
                new NodeStore(database),
                new NodeWatch(SILENCE));
        joined.add(node);
        node.join();
        return node;
    }
}
