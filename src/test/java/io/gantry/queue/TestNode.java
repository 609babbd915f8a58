package io.gantry.queue;

import io.gantry.database.Database;
import io.gantry.database.TestDatabase;
import io.gantry.node.Node;
import io.gantry.node.NodeEngine;
import io.gantry.node.NodeFacts;
import io.gantry.node.NodeStore;
import io.gantry.node.NodeWatch;
import io.gantry.run.RunStore;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** One node of several on a test's database, which beats for real and has an engine of which a test says who it is. */
public final class TestNode implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Node node;
    private final NodeStore nodes;
    private final Claims claims;
    private volatile Optional<String> engine = Optional.of("E1");

    private TestNode(String name, TestDatabase db, Database database, Duration silence) {
        this.nodes = new NodeStore(database);
        this.node = new Node(
                name,
                new NodeFacts(Optional.empty(), () -> NodeEngine.reached("here")),
                db::connect,
                nodes,
                new NodeWatch(silence));
        this.claims = new Claims(new QueueStore(database, new RunStore(), 2), node, nodes, () -> engine);
    }

    /** A new life under this name, which never takes another for dead. */
    public static TestNode joins(String name, TestDatabase db) throws SQLException, InterruptedException {
        return joins(name, db, PATIENCE);
    }

    /** A new life under this name, for which another is dead whose heart has stood still for so long. */
    static TestNode joins(String name, TestDatabase db, Duration silence) throws SQLException, InterruptedException {
        return joined(new TestNode(name, db, db.database(), silence));
    }

    /** A new life under this name that asks this database for work. */
    static TestNode joins(String name, TestDatabase db, Database database) throws SQLException, InterruptedException {
        return joined(new TestNode(name, db, database, PATIENCE));
    }

    private static TestNode joined(TestNode node) throws SQLException, InterruptedException {
        node.node.join();
        return node;
    }

    public Claims claims() {
        return claims;
    }

    /** As the defaults want it: for ever. */
    public OwnerReturn ownerReturn(QueueStore queue) {
        return new OwnerReturn(claims, queue, node, nodes, QueueConfiguration.defaults());
    }

    Node node() {
        return node;
    }

    TestNode isOn(String engineId) {
        engine = Optional.of(engineId);
        return this;
    }

    TestNode hasNoEngine() {
        engine = Optional.empty();
        return this;
    }

    /** Its heart stands still, and it lets go of nothing. */
    @Override
    public void close() {
        node.leave();
    }
}
