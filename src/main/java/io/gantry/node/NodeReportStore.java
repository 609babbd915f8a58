package io.gantry.node;

import io.gantry.database.Database;
import io.gantry.node.NodeReport.DrivenRun;
import io.gantry.node.NodeReport.EngineState;
import io.gantry.node.NodeReport.Entry;
import io.gantry.node.NodeReport.State;
import io.gantry.node.NodeReport.UnownedRun;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Puts the rows of {@code nodes} and of the running runs together. */
public final class NodeReportStore {

    private final Database database;
    private final String answeredBy;
    private final Duration silence;

    /** @param silence how long a heartbeat may be old, by the clock of the database that has written it */
    public NodeReportStore(Database database, String answeredBy, Duration silence) {
        this.database = database;
        this.answeredBy = answeredBy;
        this.silence = silence;
    }

    NodeReport read() {
        return database.inTransaction(this::read);
    }

    private NodeReport read(Handle handle) {
        List<RunningRow> running = running(handle);
        Map<UUID, List<DrivenRun>> driven = running.stream()
                .filter(run -> run.owner().isPresent())
                .collect(Collectors.groupingBy(
                        run -> run.owner().get(), Collectors.mapping(RunningRow::driven, Collectors.toList())));
        List<Entry> nodes = nodes(handle, driven);
        List<UUID> lives = nodes.stream().map(Entry::incarnation).toList();
        List<UnownedRun> unowned = new ArrayList<>();
        for (RunningRow run : running) {
            if (run.owner().filter(lives::contains).isEmpty()) {
                unowned.add(run.unowned());
            }
        }
        return new NodeReport(answeredBy, nodes, List.copyOf(unowned));
    }

    private List<Entry> nodes(Handle handle, Map<UUID, List<DrivenRun>> driven) {
        return handle.createQuery("""
                        select *, clock_timestamp() - seen_at >= make_interval(secs => :silence) as silent
                        from nodes order by name""")
                .bind("silence", silence.toMillis() / 1e3)
                .map((row, context) -> {
                    UUID incarnation = row.getObject("incarnation", UUID.class);
                    State state = state(row);
                    return new Entry(
                            row.getString("name"),
                            incarnation,
                            state,
                            time(row, sinceColumn(state)).orElseThrow(),
                            text(row, "version"),
                            engine(row, state),
                            driven.getOrDefault(incarnation, List.of()));
                })
                .list();
    }

    private static State state(ResultSet row) throws SQLException {
        if (row.getObject("left_at") != null) {
            return State.STOPPED;
        }
        return row.getBoolean("silent") ? State.SILENT : State.ALIVE;
    }

    private static String sinceColumn(State state) {
        return switch (state) {
            case ALIVE -> "started_at";
            case SILENT -> "seen_at";
            case STOPPED -> "left_at";
        };
    }

    private static EngineState engine(ResultSet row, State state) throws SQLException {
        NodeEngine told = NodeStore.engine(row);
        return state == State.ALIVE
                ? new EngineState(told.id(), Optional.of(told.isReached()), told.trouble())
                : new EngineState(told.id(), Optional.empty(), Optional.empty());
    }

    private static List<RunningRow> running(Handle handle) {
        return handle.createQuery("""
                        select id, task_id, owner, node, engine_id, owned_at from runs
                        where status = 'running' order by position""")
                .map((row, context) -> new RunningRow(
                        row.getObject("id", UUID.class),
                        row.getObject("task_id", UUID.class),
                        Optional.ofNullable(row.getObject("owner", UUID.class)),
                        text(row, "node"),
                        text(row, "engine_id"),
                        time(row, "owned_at")))
                .list();
    }

    private record RunningRow(
            UUID id,
            UUID task,
            Optional<UUID> owner,
            Optional<String> node,
            Optional<String> engine,
            Optional<String> since) {

        DrivenRun driven() {
            return new DrivenRun(id, task, since);
        }

        UnownedRun unowned() {
            return new UnownedRun(id, task, node, engine);
        }
    }

    private static Optional<String> text(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }

    private static Optional<String> time(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
                .map(at -> at.toInstant().toString());
    }
}
