package io.gantry.node;

import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This process as a node: joins under its name, beats, and watches the others. */
public final class Node {

    private static final Logger log = LoggerFactory.getLogger(Node.class);
    private static final Duration BEAT = Duration.ofSeconds(1);
    private static final Duration JOIN_PATIENCE = Duration.ofSeconds(10);

    private final String name;
    private final NodeFacts facts;
    private final UUID incarnation = UUID.randomUUID();
    private final NodeConnections connections;
    private final NodeStore store;
    private final NodeWatch watch;
    private final Periodic pulse;

    private volatile @Nullable NodeSession session;
    private volatile long lastBeat = System.nanoTime();
    private volatile boolean replaced;

    public Node(String name, NodeFacts facts, NodeConnections connections, NodeStore store, NodeWatch watch) {
        this.name = name;
        this.facts = facts;
        this.connections = connections;
        this.store = store;
        this.watch = watch;
        this.pulse = new Periodic("heartbeat", BEAT, this::beat);
    }

    public String name() {
        return name;
    }

    public UUID incarnation() {
        return incarnation;
    }

    public NodeWatch watch() {
        return watch;
    }

    /**
     * Takes the name and begins to beat. Waits a few seconds for a predecessor that was just killed to be noticed by the
     * database.
     *
     * @throws NodeNameTaken when another process goes on using the name
     */
    public void join() throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + JOIN_PATIENCE.toNanos();
        NodeSession opened = new NodeSession(connections.open(), name, incarnation);
        while (!opened.tryLock()) {
            if (System.nanoTime() > deadline) {
                opened.close();
                throw new NodeNameTaken(name);
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        opened.register(facts.version());
        session = opened;
        pulse.start();
    }

    /** Whether this process may take and keep runs: its heartbeat got through lately and nobody took its name. */
    public boolean isAlive() {
        return !replaced && System.nanoTime() - lastBeat < 3 * BEAT.toNanos();
    }

    /** Whether another process took the name, so that this one must not write any more. */
    public boolean isReplaced() {
        return replaced;
    }

    /** Ends the heartbeat, and says that this is meant. */
    public void leave() {
        pulse.stop();
        NodeSession last = session;
        if (last != null) {
            try {
                last.sayGoodbye();
            } catch (SQLException e) {
                log.debug("Nobody was told that this node leaves", e);
            }
        }
        closeQuietly();
    }

    private void beat() {
        try {
            NodeSession current = session == null ? reconnect() : session;
            if (!current.beat(facts.engine().get())) {
                replaced = true;
                log.error("Another process has taken the node name {}; this one takes no more runs", name);
                pulse.stop();
                return;
            }
            long now = System.nanoTime();
            lastBeat = now;
            watch.observe(store.list(), now);
        } catch (SQLException | RuntimeException e) {
            log.warn("Heartbeat didn't get through: {}", e.getMessage());
            watch.blind(System.nanoTime());
            closeQuietly();
        }
    }

    private NodeSession reconnect() throws SQLException {
        NodeSession opened = new NodeSession(connections.open(), name, incarnation);
        if (!opened.tryLock()) {
            opened.close();
            throw new SQLException("the database still holds the lock of the former connection");
        }
        session = opened;
        return opened;
    }

    private void closeQuietly() {
        NodeSession old = session;
        session = null;
        if (old != null) {
            try {
                old.close();
            } catch (SQLException e) {
                log.debug("Closing the heartbeat's connection", e);
            }
        }
    }
}
