package io.gantry.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.database.Database;
import io.gantry.database.TestDatabase;
import io.gantry.node.Node;
import io.gantry.node.NodeEngine;
import io.gantry.node.NodeFacts;
import io.gantry.node.NodeStore;
import io.gantry.node.NodeWatch;
import io.gantry.run.FailureCode;
import io.gantry.run.Owner;
import io.gantry.run.Run;
import io.gantry.run.RunEvent;
import io.gantry.run.RunStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The observer is a node on an engine of its own; what others do is written into the table. */
class OwnerReturnIT {

    @RegisterExtension
    static final TestDatabase db = TestDatabase.migrated();

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration SILENCE = Duration.ofSeconds(5);

    private final Database database = db.database();
    private final RunStore runs = new RunStore();
    private final NodeStore nodes = new NodeStore(database);
    private final NodeWatch watch = new NodeWatch(SILENCE);
    private final QueueStore queue = new QueueStore(database, runs, 2);
    private final Node observer = new Node(
            "observer", new NodeFacts(Optional.empty(), () -> NodeEngine.reached("here")), db::connect, nodes, watch);
    private final Claims claims = new Claims(queue, observer, nodes, () -> Optional.of("here"));
    private final OwnerReturn ownerReturn = waitingFor(Optional.of(PATIENCE));

    private final Owner owner = new Owner("a", UUID.randomUUID());
    private final long begin = System.nanoTime();

    @BeforeEach
    void a_run_on_another_engine_whose_node_fell_silent() {
        db.empty();
        node(owner.node(), owner.incarnation(), NodeEngine.reached("there"));
        new QueuedRuns(database, queue).accept();
        Run claimed = queue.claimNext(owner).orElseThrow();
        database.useTransaction(
                handle -> runs.save(handle, claimed, claimed.on(new RunEvent.CreationIntended("there", "sha256:0"))));
        silenceOfAll();
    }

    @Test
    void it_is_given_up_when_its_node_was_gone_for_the_configured_time_and_nobody_reached_its_engine() {
        assertThat(look(ownerReturn, Duration.ZERO, PATIENCE.minusSeconds(1))).isEmpty();

        List<Run> lost = ownerReturn.look(at(PATIENCE));

        assertThat(lost).hasSize(1);
        assertThat(lost.get(0).failure().orElseThrow().code()).isEqualTo(FailureCode.CONTAINER_LOST);
        assertThat(lost.get(0).failure().orElseThrow().detail())
                .isEqualTo("Its node a was gone for 600 s and no other reached its container engine."
                        + " Its container was never started.");
        assertThat(queue.view().running()).isEmpty();
    }

    @Test
    void without_a_configured_time_it_keeps_its_slot_for_as_long_as_it_takes() {
        assertThat(look(waitingFor(Optional.empty()), Duration.ZERO, Duration.ofMinutes(30)))
                .isEmpty();
    }

    @Test
    void while_its_node_lives_it_is_left_alone() {
        assertThat(look(ownerReturn, Duration.ZERO, PATIENCE.minusSeconds(1))).isEmpty();
        db.jdbi().useHandle(handle -> handle.execute("update nodes set heartbeat = heartbeat + 1"));
        watch.observe(nodes.list(), System.nanoTime());

        assertThat(ownerReturn.look(at(PATIENCE))).isEmpty();
    }

    @Test
    void while_another_living_node_reaches_its_engine_it_is_that_one_who_adopts_it() {
        node("c", UUID.randomUUID(), NodeEngine.reached("there"));

        assertThat(look(ownerReturn, Duration.ZERO, PATIENCE.multipliedBy(2))).isEmpty();
    }

    @Test
    void while_another_living_node_waits_for_its_engine_so_does_it() {
        node("c", UUID.randomUUID(), new NodeEngine(Optional.of("there"), Optional.of("it doesn't answer")));

        assertThat(look(ownerReturn, Duration.ZERO, PATIENCE.multipliedBy(2))).isEmpty();
    }

    @Test
    void while_its_own_node_is_back_and_waits_for_an_engine_it_waits_too() {
        node(owner.node(), UUID.randomUUID(), NodeEngine.away("it hasn't been asked yet"));

        assertThat(look(ownerReturn, Duration.ZERO, PATIENCE.multipliedBy(2))).isEmpty();
    }

    @Test
    void when_its_own_node_is_back_on_another_engine_it_is_given_up_in_the_end() {
        node(owner.node(), UUID.randomUUID(), NodeEngine.reached("elsewhere"));

        assertThat(look(ownerReturn, Duration.ZERO, PATIENCE)).hasSize(1);
    }

    @Test
    void an_observer_that_did_not_look_for_a_while_counts_anew() {
        ownerReturn.look(at(Duration.ZERO));

        assertThat(ownerReturn.look(at(PATIENCE))).isEmpty();
        assertThat(look(ownerReturn, PATIENCE.plusSeconds(1), PATIENCE.multipliedBy(2)))
                .hasSize(1);
    }

    private OwnerReturn waitingFor(Optional<Duration> patience) {
        QueueConfiguration configuration = patience.map(
                        span -> new QueueConfiguration(2, io.dropwizard.util.Duration.seconds(span.toSeconds())))
                .orElseGet(QueueConfiguration::defaults);
        return new OwnerReturn(claims, queue, observer, nodes, configuration);
    }

    /** Every few seconds from one time to the other. */
    private List<Run> look(OwnerReturn by, Duration from, Duration to) {
        for (Duration time = from; time.compareTo(to) < 0; time = time.plusSeconds(9)) {
            List<Run> lost = by.look(at(time));
            if (!lost.isEmpty()) {
                return lost;
            }
        }
        return by.look(at(to));
    }

    private long at(Duration time) {
        return begin + time.toNanos();
    }

    private void silenceOfAll() {
        watch.observe(nodes.list(), 0);
        watch.observe(nodes.list(), SILENCE.toNanos());
    }

    private static void node(String name, UUID incarnation, NodeEngine engine) {
        db.jdbi()
                .useHandle(handle -> handle.createUpdate("""
                        insert into nodes (name, incarnation, engine_id, engine_trouble)
                        values (:name, :incarnation, :engine, :trouble)
                        on conflict (name) do update set incarnation = excluded.incarnation, heartbeat = 0,
                            engine_id = excluded.engine_id, engine_trouble = excluded.engine_trouble""")
                        .bind("name", name)
                        .bind("incarnation", incarnation)
                        .bind("engine", engine.id())
                        .bind("trouble", engine.trouble())
                        .execute());
    }
}
