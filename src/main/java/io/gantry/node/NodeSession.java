package io.gantry.node;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
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
    void register(Optional<String> version) throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement("""
                insert into nodes (name, incarnation, version, engine_trouble, engine_trouble_since)
                values (?, ?, ?, 'it hasn''t been asked yet', clock_timestamp())
                on conflict (name) do update
                set incarnation = excluded.incarnation, heartbeat = 0, version = excluded.version,
                    engine_id = null, engine_trouble = excluded.engine_trouble,
                    engine_trouble_since = excluded.engine_trouble_since, left_at = null,
                    started_at = clock_timestamp(), seen_at = clock_timestamp()""")) {
            upsert.setString(1, name);
            upsert.setObject(2, incarnation);
            upsert.setString(3, version.orElse(null));
            upsert.executeUpdate();
        }
    }

    /** Counts one up, and tells of the engine. False when the name belongs to another life. */
    boolean beat(NodeEngine engine) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                update nodes set heartbeat = heartbeat + 1, seen_at = clock_timestamp(),
                    engine_id = coalesce(?, engine_id), engine_trouble = ?,
                    engine_trouble_since =
                        case when ?::text is not null then coalesce(engine_trouble_since, clock_timestamp()) end
                where name = ? and incarnation = ?""")) {
            update.setString(1, engine.id().orElse(null));
            update.setString(2, engine.trouble().orElse(null));
            update.setString(3, engine.trouble().orElse(null));
            update.setString(4, name);
            update.setObject(5, incarnation);
            return update.executeUpdate() == 1;
        }
    }

    /** Says that the silence that follows is meant. */
    void sayGoodbye() throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update nodes set left_at = clock_timestamp() where name = ? and incarnation = ?")) {
            update.setString(1, name);
            update.setObject(2, incarnation);
            update.executeUpdate();
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
