package io.gantry.node;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/**
 * This process's own row in {@code nodes}, over a database connection of its own: an advisory lock on the name, which
 * refuses a second process of the same name for as long as this one is connected, and the heartbeat.
 */
final class NodeSession implements AutoCloseable {

    private final Connection connection;
    private final String name;
    private final UUID incarnation;

    NodeSession(Connection connection, String name, UUID incarnation) {
        this.connection = connection;
        this.name = name;
        this.incarnation = incarnation;
    }

    /** Whether the name is ours now. */
    boolean tryLock() throws SQLException {
        try (PreparedStatement lock =
                connection.prepareStatement("select pg_try_advisory_lock(hashtextextended('gantry node ' || ?, 0))")) {
            lock.setString(1, name);
            try (ResultSet row = lock.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    /** Replaces whatever life the name had before. */
    void register() throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement("""
                insert into nodes (name, incarnation) values (?, ?)
                on conflict (name) do update
                set incarnation = excluded.incarnation, heartbeat = 0, engine_id = null,
                    started_at = clock_timestamp(), seen_at = clock_timestamp()""")) {
            upsert.setString(1, name);
            upsert.setObject(2, incarnation);
            upsert.executeUpdate();
        }
    }

    /** Counts one up. False when the name belongs to another life. */
    boolean beat() throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                update nodes set heartbeat = heartbeat + 1, seen_at = clock_timestamp()
                where name = ? and incarnation = ?""")) {
            update.setString(1, name);
            update.setObject(2, incarnation);
            return update.executeUpdate() == 1;
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
