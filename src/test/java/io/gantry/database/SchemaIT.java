package io.gantry.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.problem.CannotStart;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SchemaIT {

    private static final String COMMAND = "java -jar gantry.jar db migrate config.yml";

    @RegisterExtension
    static final TestDatabase db = TestDatabase.blank();

    @BeforeEach
    void empty() throws SQLException {
        execute("drop schema public cascade", "create schema public");
    }

    @Test
    void an_empty_external_database_is_refused_with_the_command_to_run_and_left_empty() throws SQLException {
        assertThatThrownBy(SchemaIT::start)
                .isInstanceOf(CannotStart.class)
                .hasMessage("The database " + db.address() + " has no schema yet. Run: " + COMMAND);
        assertThat(tables()).isZero();
    }

    @Test
    void an_external_database_at_our_version_is_accepted() throws Exception {
        Migrations.migrate(db.address());

        assertThatCode(SchemaIT::start).doesNotThrowAnyException();
    }

    @Test
    void an_older_external_database_is_refused_with_the_command_to_run() throws Exception {
        Migrations.migrate(db.address());
        execute("delete from databasechangelog where id = '007-quartz'");

        assertThatThrownBy(SchemaIT::start)
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("lacks 1 of ")
                .hasMessageEndingWith("(gantry:007-quartz). Run: " + COMMAND);
    }

    @Test
    void a_newer_database_is_refused_with_the_advice_to_run_that_version() throws Exception {
        Migrations.migrate(db.address());
        execute("insert into databasechangelog select '999-future', author, filename, dateexecuted, 999, exectype"
                + " from databasechangelog limit 1");

        assertThatThrownBy(SchemaIT::start)
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("(gantry:999-future)")
                .hasMessageEndingWith("a newer version of Gantry was used on it. Run that version.");
    }

    @Test
    void a_database_that_is_not_there_is_refused_with_what_to_check() {
        DatabaseAddress nowhere = new DatabaseAddress("jdbc:postgresql://127.0.0.1:1/gantry", "gantry", "x");
        DatabaseConfiguration impatient = DatabaseConfiguration.withDefaults(
                nowhere.url(), "gantry", "x", null, io.dropwizard.util.Duration.milliseconds(100), null, null);

        assertThatThrownBy(() -> start(impatient))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("gantry at jdbc:postgresql://127.0.0.1:1/gantry can't be used")
                .hasMessageContaining("GANTRY_DATABASE_URL");
    }

    @Test
    void a_wrong_password_is_refused_at_once() {
        assertThatThrownBy(() -> start(DatabaseConfiguration.of(new DatabaseAddress(db.url(), db.user(), "guess"))))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("password authentication failed");
    }

    @Test
    void services_and_commands_that_migrate_at_the_same_time_take_turns() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            Callable<Boolean> migration = () -> {
                Migrations.migrate(db.address());
                return true;
            };
            for (Future<Boolean> done : threads.invokeAll(List.of(migration, migration, migration))) {
                assertThat(done.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThatCode(SchemaIT::start).doesNotThrowAnyException();
    }

    @Test
    void a_migration_that_was_killed_leaves_no_lock() throws Exception {
        Migrations.migrate(db.address());
        execute(
                "delete from databasechangelog where id = '006-idempotency-keys'",
                "drop table idempotency_keys",
                "update databasechangeloglock set locked = true, lockgranted = now(), lockedby = 'a dead process'");

        Migrations.migrate(db.address());

        assertThatCode(SchemaIT::start).doesNotThrowAnyException();
    }

    private static void start() {
        start(DatabaseConfiguration.of(db.address()));
    }

    private static void start(DatabaseConfiguration configuration) {
        try (DatabaseServer server = DatabaseServer.own(configuration, DataFolders.of(Path.of("nowhere"), "data"))) {
            server.requireSchema(COMMAND);
        }
    }

    private static void execute(String... statements) throws SQLException {
        try (Connection connection = db.connect();
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    private static int tables() {
        return db.database()
                .read(handle -> handle.createQuery("""
                        select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace
                        where n.nspname = 'public'""").mapTo(Integer.class).one());
    }
}
