package io.gantry.node;

import io.gantry.database.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** The rows of {@code nodes}, as every node sees them. */
public final class NodeStore {

    private final Database database;

    public NodeStore(Database database) {
        this.database = database;
    }

    /** All nodes that ever joined, alive or not. */
    public List<NodeRow> list() {
        return database.read(handle -> handle.createQuery(
                        "select name, incarnation, heartbeat from nodes order by name")
                .map((row, context) -> new NodeRow(
                        row.getString("name"), row.getObject("incarnation", UUID.class), row.getLong("heartbeat")))
                .list());
    }

    /** The present life of every node. A life that isn't among them, and was once, is over. */
    public Set<UUID> incarnations() {
        return list().stream().map(NodeRow::incarnation).collect(Collectors.toUnmodifiableSet());
    }

    /** What each node that didn't leave says of its engine; whether it lives is another matter. */
    public List<EngineRow> listEngines() {
        return database.read(handle -> handle.createQuery("""
                        select name, incarnation, engine_id, engine_trouble from nodes
                        where left_at is null order by name""")
                .map((row, context) ->
                        new EngineRow(row.getString("name"), row.getObject("incarnation", UUID.class), engine(row)))
                .list());
    }

    /**
     * What each node that didn't leave says of itself.
     *
     * @param silence how long a heartbeat may be old, by the clock of the database
     */
    public List<NodeView> listViews(Duration silence) {
        return database.read(handle -> handle.createQuery("""
                        select name, incarnation, engine_trouble, engine_trouble_since, seen_at,
                            clock_timestamp() - seen_at < make_interval(secs => :silence) as there
                        from nodes where left_at is null order by name""")
                .bind("silence", silence.toMillis() / 1e3)
                .map((row, context) -> new NodeView(
                        row.getString("name"),
                        row.getObject("incarnation", UUID.class),
                        row.getBoolean("there"),
                        instant(row, "seen_at").orElseThrow(),
                        Optional.ofNullable(row.getString("engine_trouble")),
                        instant(row, "engine_trouble_since")))
                .list());
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    static NodeEngine engine(ResultSet row) throws SQLException {
        return new NodeEngine(
                Optional.ofNullable(row.getString("engine_id")), Optional.ofNullable(row.getString("engine_trouble")));
    }

    /**
     * One node, as far as others are concerned.
     *
     * @param isThere whether its heartbeat gets through
     * @param seenAt when it got through last
     * @param engineTrouble why it can't reach its engine; empty while it can
     */
    public record NodeView(
            String name,
            UUID incarnation,
            boolean isThere,
            Instant seenAt,
            Optional<String> engineTrouble,
            Optional<Instant> engineTroubleSince) {}

    /** One node's engine, as it told last. */
    public record EngineRow(String name, UUID incarnation, NodeEngine engine) {}

    /** One node's present life. The heartbeat is a counter, not a time. */
    public record NodeRow(String name, UUID incarnation, long heartbeat) {}
}
