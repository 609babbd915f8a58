package io.gantry.node;

import io.gantry.database.Database;
import java.util.List;
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

    /** One node's present life. The heartbeat is a counter, not a time. */
    public record NodeRow(String name, UUID incarnation, long heartbeat) {}
}
