package io.gantry.database;

import io.gantry.problem.CannotStart;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Sole right to change the schema, among all processes of all machines. Held by a connection: unlike Liquibase's own row
 * it ends with whoever is killed, so a row that is found under it is a left-over and is taken away.
 */
final class MigrationLock implements AutoCloseable {

    /** Any number that nothing else in this database uses: "gantry" in ASCII. */
    private static final long KEY = 0x67616e747279L;

    private static final String WAIT_AT_MOST = "10min";

    private final Connection connection;

    private MigrationLock(Connection connection) {
        this.connection = connection;
    }

    /** Waits for its turn. */
    static MigrationLock take(DatabaseAddress address) throws SQLException {
        Connection connection = Connections.forMigrations(address);
        try (Statement statement = connection.createStatement()) {
            statement.execute("set lock_timeout = '" + WAIT_AT_MOST + "'");
            statement.execute("select pg_advisory_lock(" + KEY + ")");
            statement.execute("""
                    do $$ begin
                        if to_regclass('databasechangeloglock') is not null then
                            update databasechangeloglock
                            set locked = false, lockgranted = null, lockedby = null where locked;
                        end if;
                    end $$""");
            return new MigrationLock(connection);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new CannotStart("The connection that held the migration lock can't be closed: " + e.getMessage(), e);
        }
    }
}
