package io.gantry.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import liquibase.exception.LiquibaseException;

/** The one Postgres of this JVM's tests. It is started when first asked for and stopped when the JVM ends. */
final class TestPostgres {

    private static final String TEMPLATE = "template_migrated";

    private final EmbeddedPostgres postgres;

    private TestPostgres(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    static TestPostgres running() {
        return Holder.INSTANCE;
    }

    DatabaseAddress address(String database) {
        return new DatabaseAddress(
                postgres.address().url().replaceFirst("/gantry$", "/" + database),
                postgres.address().user(),
                postgres.address().password());
    }

    void create(String database, boolean migrated) {
        administer("create database " + database + " owner gantry template " + (migrated ? TEMPLATE : "template1"));
        if (migrated) {
            becomeAnInstallation(database);
        }
    }

    /** A copy that kept the template's id would take the containers of all others for its own. */
    private void becomeAnInstallation(String database) {
        DatabaseAddress copy = address(database);
        try (Connection connection = DriverManager.getConnection(copy.url(), copy.user(), copy.password());
                Statement jdbc = connection.createStatement()) {
            jdbc.execute("update ledger set installation = gen_random_uuid()");
        } catch (SQLException e) {
            throw new IllegalStateException("no installation of its own for " + database, e);
        }
    }

    void drop(String database) {
        administer("drop database if exists " + database + " with (force)");
    }

    private synchronized void administer(String statement) {
        try (Connection connection = administrator();
                Statement jdbc = connection.createStatement()) {
            jdbc.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(statement, e);
        }
    }

    private Connection administrator() throws SQLException {
        DatabaseAddress address = postgres.administration();
        return DriverManager.getConnection(address.url(), address.user(), address.password());
    }

    private void prepare() throws SQLException, LiquibaseException {
        for (String leftOver : leftOvers()) {
            drop(leftOver);
        }
        create(TEMPLATE, false);
        Migrations.migrate(address(TEMPLATE));
    }

    private List<String> leftOvers() throws SQLException {
        List<String> names = new ArrayList<>();
        try (Connection connection = administrator();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select datname from pg_database where datname ~ '^(test_|template_)'")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    private static final class Holder {

        private static final int MOST_JVMS = 8;

        static final TestPostgres INSTANCE = start();

        /** Each JVM that tests at the same time takes a folder of its own; the folders are used again. */
        private static TestPostgres start() {
            try {
                TestPostgres started = new TestPostgres(firstFree(Files.createDirectories(Path.of("target"))));
                Runtime.getRuntime().addShutdownHook(new Thread(started.postgres::close, "stop-postgres"));
                started.prepare();
                return started;
            } catch (IOException | SQLException | LiquibaseException e) {
                throw new IllegalStateException("no Postgres for the tests", e);
            }
        }

        private static EmbeddedPostgres firstFree(Path target) throws IOException {
            for (int i = 0; i < MOST_JVMS; i++) {
                EmbeddedPostgres postgres = EmbeddedPostgres.ownOrJoin(target.resolve("postgres-" + i));
                if (postgres.isOwned()) {
                    return postgres;
                }
            }
            throw new IllegalStateException("all folders target/postgres-* are in use");
        }
    }
}
