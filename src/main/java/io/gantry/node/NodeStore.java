package io.gantry.node;

import io.gantry.database.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
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

    static NodeEngine engine(ResultSet row) throws SQLException {
        return new NodeEngine(
                Optional.ofNullable(row.getString("engine_id")), Optional.ofNullable(row.getString("engine_trouble")));
    }

    /** One node's engine, as it told last. */
    public record EngineRow(String name, UUID incarnation, NodeEngine engine) {}

    /** One node's present life. The heartbeat is a counter, not a time. */
    public record NodeRow(String name, UUID incarnation, long heartbeat) {}
}
