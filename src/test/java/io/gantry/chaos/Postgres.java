package io.gantry.chaos;

import static org.awaitility.Awaitility.await;

import io.gantry.chaos.observer.TableAccess;
import io.gantry.database.DataFolders;
import io.gantry.database.DatabaseAddress;
import io.gantry.database.DatabaseConfiguration;
import io.gantry.database.DatabaseServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The Postgres of a campaign, which outlives the service and can be taken away from it. */
final class Postgres implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final String ADMINISTRATOR = "postgres";

    private final Path folder;
    private final DatabaseServer server;
    private final TableAccess tables;

    /** @param folder absolute; what the last campaign left there is used again */
    Postgres(Path folder) {
        this.folder = folder;
        this.server = DatabaseServer.own(DatabaseConfiguration.embedded(), DataFolders.of(folder, "data"));
        DatabaseAddress address = server.address();
        this.tables = new TableAccess(address.url(), address.user(), address.password());
    }

    TableAccess tables() {
        return tables;
    }

    /** Throws away all that is stored, tables included. */
    void empty() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("drop schema public cascade; create schema public");
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(tables.url(), tables.user(), tables.password());
    }

    /** How a server is told to stop. */
    enum Stop {
        /** Rolls back and hangs up. */
        FAST("INT"),
        /** As if the machine had lost its power. */
        IMMEDIATE("QUIT");

        private final String signal;

        Stop(String signal) {
            this.signal = signal;
        }
    }

    /** Returns when it is down. */
    void stop(Stop how) throws IOException {
        ProcessHandle postmaster = postmaster();
        Signals.send(how.signal, List.of(postmaster));
        await().atMost(PATIENCE).until(() -> !postmaster.isAlive());
    }

    /** Again on its port. */
    void start() {
        server.revive();
    }

    /** Returns when it takes connections; starts it again whenever it turns out to be down. */
    void awaitAnswer() {
        await("Postgres answers").atMost(PATIENCE).ignoreExceptions().until(() -> {
            server.revive();
            try (Connection connection = connect()) {
                return connection.isValid(5);
            }
        });
    }

    /** Goes on in the next segment of the write-ahead log, if it can. */
    @SuppressWarnings("EmptyCatch")
    void endSegment() {
        String url = tables.url().replaceFirst("[^/]*$", ADMINISTRATOR);
        try (Connection connection = DriverManager.getConnection(url, ADMINISTRATOR, tables.password());
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_switch_wal()");
        } catch (SQLException down) {
            // That is what it is asked for.
        }
    }

    void pause() throws IOException {
        Signals.send("STOP", family());
    }

    void resume() throws IOException {
        Signals.send("CONT", family());
    }

    private List<ProcessHandle> family() throws IOException {
        ProcessHandle postmaster = postmaster();
        return Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
    }

    private ProcessHandle postmaster() throws IOException {
        try (Stream<Path> files = Files.find(folder, 6, (path, attributes) -> path.endsWith("postmaster.pid"))) {
            Path file = files.findFirst().orElseThrow(() -> new IOException("no Postgres runs in " + folder));
            return ProcessHandle.of(
                            Long.parseLong(Files.readAllLines(file).get(0).strip()))
                    .orElseThrow();
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
