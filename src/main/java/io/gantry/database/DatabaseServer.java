package io.gantry.database;

import com.codahale.metrics.MetricRegistry;
import io.dropwizard.db.ManagedDataSource;
import io.gantry.problem.CannotStart;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import liquibase.exception.LiquibaseException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Postgres that is configured: an external one, or one of our own that is started here and stopped by closing. */
public final class DatabaseServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseServer.class);

    private final DatabaseConfiguration configuration;
    private final DatabaseAddress address;
    private final Optional<EmbeddedPostgres> embedded;

    private DatabaseServer(
            DatabaseConfiguration configuration, DatabaseAddress address, Optional<EmbeddedPostgres> embedded) {
        this.configuration = configuration;
        this.address = address;
        this.embedded = embedded;
    }

    /** For the service: the embedded Postgres must not be another process's. */
    public static DatabaseServer own(DatabaseConfiguration configuration, DataFolders folders) {
        return open(configuration, folders, EmbeddedPostgres::own);
    }

    /** For a command, which also works beside a running service. */
    public static DatabaseServer ownOrJoin(DatabaseConfiguration configuration, DataFolders folders) {
        return open(configuration, folders, EmbeddedPostgres::ownOrJoin);
    }

    private static DatabaseServer open(
            DatabaseConfiguration configuration, DataFolders folders, Function<Path, EmbeddedPostgres> opener) {
        Optional<EmbeddedPostgres> embedded =
                configuration.embeddedFolder(folders).map(opener);
        DatabaseAddress address = embedded.map(EmbeddedPostgres::address).orElseGet(configuration::externalAddress);
        return new DatabaseServer(configuration, address, embedded);
    }

    public DatabaseAddress address() {
        return address;
    }

    /**
     * Sees that the schema is the one that this version needs: brings the embedded database to it, and refuses an external
     * one that has another.
     *
     * @param migrate the command that migrates, for the message
     */
    public void requireSchema(String migrate) {
        SchemaVersion version = schemaVersion();
        if (version.isNewer()) {
            throw new CannotStart("The database " + address + " " + version.difference()
                    + ": a newer version of Gantry was used on it. Run that version.");
        }
        if (version.isCurrent()) {
            return;
        }
        if (embedded.isEmpty()) {
            throw new CannotStart("The database " + address + " " + version.difference() + ". Run: " + migrate);
        }
        migrate();
    }

    private void migrate() {
        try {
            Migrations.migrate(address);
        } catch (SQLException | LiquibaseException e) {
            throw new CannotStart("The embedded database can't be migrated: " + e.getMessage(), e);
        }
    }

    private SchemaVersion schemaVersion() {
        try (Connection connection =
                Reachability.await(address, configuration.connectTimeout().toJavaDuration())) {
            return SchemaVersion.of(connection);
        } catch (SQLException e) {
            throw new CannotStart("The schema of the database " + address + " can't be read: " + e.getMessage(), e);
        }
    }

    /** The pool, to be started and stopped before this is closed. */
    public ManagedDataSource pool(MetricRegistry metrics) {
        return ConnectionPool.build(configuration, address, metrics);
    }

    /** A connection outside the pool, in autocommit, whose every statement answers or fails within this time. */
    public Connection connect(Duration deadline) throws SQLException {
        return Connections.withDeadline(address, deadline);
    }

    /** Starts the embedded Postgres again if it has died. To be called every now and then. */
    public void revive() {
        try {
            embedded.ifPresent(EmbeddedPostgres::revive);
        } catch (CannotStart e) {
            LOG.error("{}", e.getMessage());
        }
    }

    /** Stops the embedded Postgres if it was started, or taken over, here. */
    @Override
    public void close() {
        embedded.ifPresent(EmbeddedPostgres::close);
    }
}
