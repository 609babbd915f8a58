package io.gantry.chaos.observer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gantry.chaos.observer.StoredLog.Chunk;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the tables over a connection of its own, which can only read, and keeps each sight that differs from the last. */
final class TableReader implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    /** One statement, so one snapshot. */
    private static final String SNAPSHOT = """
            select (select tasks from ledger),
                   (select coalesce(jsonb_agg(id), '[]') from tasks),
                   (select coalesce(jsonb_agg(to_jsonb(r) - 'spec' order by r.position), '[]') from runs r)""";

    private final TableAccess access;
    private final List<Sample> samples = new ArrayList<>();
    private @Nullable Connection connection;
    private volatile @Nullable Sample latest;

    TableReader(TableAccess access) {
        this.access = access;
    }

    synchronized Sample look() throws SQLException, IOException {
        try (PreparedStatement statement = connection().prepareStatement(SNAPSHOT);
                ResultSet row = statement.executeQuery()) {
            row.next();
            Sample sample = new Sample(Instant.now(), row.getInt(1), ids(row.getString(2)), runs(row.getString(3)));
            if (samples.isEmpty() || !samples.get(samples.size() - 1).saysTheSame(sample)) {
                samples.add(sample);
            }
            latest = sample;
            return sample;
        } catch (SQLException e) {
            close();
            throw e;
        }
    }

    private static Set<UUID> ids(String json) throws IOException {
        Set<UUID> ids = new HashSet<>();
        JSON.readTree(json).forEach(id -> ids.add(UUID.fromString(id.asText())));
        return ids;
    }

    private static List<RunRow> runs(String json) throws IOException {
        List<RunRow> rows = new ArrayList<>();
        for (JsonNode row : JSON.readTree(json)) {
            rows.add(new RunRow(row));
        }
        return rows;
    }

    synchronized List<Sample> samples() {
        return List.copyOf(samples);
    }

    /** Doesn't wait for a look that is under way. */
    Optional<Sample> latest() {
        return Optional.ofNullable(latest);
    }

    synchronized List<Chunk> chunksOf(UUID run) throws SQLException {
        List<Chunk> chunks = new ArrayList<>();
        try (PreparedStatement statement = connection()
                .prepareStatement("select seq, stream, log_offset, stream_offset, bytes from log_chunks"
                        + " where run_id = ? order by seq")) {
            statement.setObject(1, run);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    chunks.add(new Chunk(
                            row.getLong(1), row.getInt(2), row.getLong(3), row.getLong(4), Bytes.of(row.getBytes(5))));
                }
            }
        }
        return chunks;
    }

    /** How many others are connected to the database. */
    synchronized int otherConnections() throws SQLException {
        try (PreparedStatement statement = connection()
                        .prepareStatement("select count(*) from pg_stat_activity"
                                + " where datname = current_database() and pid <> pg_backend_pid()");
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getInt(1);
        }
    }

    private Connection connection() throws SQLException {
        Connection open = connection;
        if (open == null) {
            Properties properties = new Properties();
            properties.setProperty("user", access.user());
            properties.setProperty("password", access.password());
            properties.setProperty("connectTimeout", "2");
            properties.setProperty("socketTimeout", "5");
            properties.setProperty("options", "-c default_transaction_read_only=on");
            open = DriverManager.getConnection(access.url(), properties);
            connection = open;
        }
        return open;
    }

    @Override
    public synchronized void close() throws SQLException {
        Connection open = connection;
        connection = null;
        if (open != null) {
            open.close();
        }
    }
}
