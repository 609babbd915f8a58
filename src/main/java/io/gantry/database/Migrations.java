package io.gantry.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.logging.Level;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.UpdateSummaryOutputEnum;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.ui.LoggerUIService;

/** Brings a database to the schema that this version needs, with the changes that travel on the classpath. */
public final class Migrations {

    /** Where the list of changes is on the classpath. */
    public static final String CHANGELOG = "migrations/master.xml";

    private Migrations() {}

    /** Applies what is missing. Waits for others who do the same. */
    public static void migrate(DatabaseAddress address) throws SQLException, LiquibaseException {
        MigrationLock lock = MigrationLock.take(address);
        try (Connection connection = Connections.forMigrations(address)) {
            migrate(connection);
        } finally {
            lock.close();
        }
    }

    private static void migrate(Connection connection) throws LiquibaseException {
        LoggerUIService quiet = new LoggerUIService();
        quiet.setStandardLogLevel(Level.FINE);
        try {
            Scope.child(Map.of(Scope.Attr.ui.name(), quiet, "liquibase.analytics.enabled", false), () -> {
                Liquibase liquibase =
                        new Liquibase(CHANGELOG, new ClassLoaderResourceAccessor(), new JdbcConnection(connection));
                liquibase.setShowSummaryOutput(UpdateSummaryOutputEnum.LOG);
                liquibase.update("");
            });
        } catch (LiquibaseException e) {
            throw e;
        } catch (Exception e) {
            throw new LiquibaseException(e);
        }
    }
}
