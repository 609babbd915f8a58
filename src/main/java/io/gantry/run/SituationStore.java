package io.gantry.run;

import io.gantry.run.Situation.NodeState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Reads what the state of runs depends on, over the caller's connection: whoever holds one must not wait for another. */
public final class SituationStore {

    private final int slots;
    private final Duration silence;

    /**
     * @param slots how many runs may go on at a time
     * @param silence how long a heartbeat may be old, by the clock of the database that has written it
     */
    public SituationStore(int slots, Duration silence) {
        this.slots = slots;
        this.silence = silence;
    }

    Situation read(Handle handle) {
        long running = handle.createQuery("select count(*) from runs where status = 'running'")
                .mapTo(Long.class)
                .one();
        return new Situation(slots, running, nodes(handle));
    }

    private List<NodeState> nodes(Handle handle) {
        return handle.createQuery("""
                        select name, incarnation, engine_trouble, engine_trouble_since, seen_at,
                            clock_timestamp() - seen_at < make_interval(secs => :silence) as there
                        from nodes where left_at is null order by name""")
                .bind("silence", silence.toMillis() / 1e3)
                .map((row, context) -> new NodeState(
                        row.getString("name"),
                        row.getObject("incarnation", UUID.class),
                        row.getBoolean("there"),
                        instant(row, "seen_at").orElseThrow(),
                        Optional.ofNullable(row.getString("engine_trouble")),
                        instant(row, "engine_trouble_since")))
                .list();
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
