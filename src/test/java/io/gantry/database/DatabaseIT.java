package io.gantry.database;

import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.dropwizard.util.Duration;
import io.gantry.problem.Problem;
import io.gantry.problem.ProblemException;
import io.gantry.scenario.Link;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.util.Throwables;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DatabaseIT {

    @RegisterExtension
    static final TestDatabase db = TestDatabase.blank();

    private static final int CONNECTIONS = 5;

    private final List<AutoCloseable> open = new ArrayList<>();
    private Database database = db.database();

    @BeforeEach
    void a_pool_as_the_service_has_it_with_short_limits() throws Exception {
        DatabaseConfiguration configuration = new DatabaseConfiguration(
                db.url(),
                db.user(),
                db.password(),
                CONNECTIONS,
                Duration.milliseconds(500),
                Duration.seconds(1),
                Duration.seconds(1));
        TestPool pool = TestPool.over(configuration, db.address());
        open.add(pool);
        database = pool.database();
        database.useTransaction(handle -> {
            handle.execute("drop table if exists notes");
            handle.execute("create table notes (text text primary key)");
        });
    }

    @AfterEach
    void close_what_is_open() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    @Nested
    class A_transaction {

        @Test
        void is_committed_when_its_body_returns() {
            database.useTransaction(handle -> note(handle, "kept"));

            assertThat(notes()).containsExactly("kept");
        }

        @Test
        void is_rolled_back_by_a_problem_which_passes_through_as_it_is() {
            ProblemException problem =
                    Problem.of(DatabaseProblem.STORAGE_UNAVAILABLE, "mine").asException();

            assertThatThrownBy(() -> database.useTransaction(handle -> {
                        note(handle, "lost");
                        throw problem;
                    }))
                    .isSameAs(problem);
            assertThat(notes()).isEmpty();
        }

        @Test
        void is_rolled_back_by_any_other_failure_which_passes_through_too() {
            assertThatThrownBy(() -> database.useTransaction(handle -> {
                        note(handle, "twice");
                        note(handle, "twice");
                    }))
                    .isInstanceOf(UnableToExecuteStatementException.class);
            assertThat(notes()).isEmpty();
        }

        @Test
        void sees_what_others_commit_while_it_runs() {
            List<String> seen = database.inTransaction(handle -> {
                assertThat(notes(handle)).isEmpty();
                db.database().useTransaction(other -> note(other, "by another"));
                return notes(handle);
            });

            assertThat(seen).containsExactly("by another");
        }
    }

    @Nested
    class The_storage_is_unavailable_when {

        @Test
        void a_connection_breaks_in_a_transaction() {
            assertUnavailable(() -> database.useTransaction(handle -> {
                note(handle, "lost");
                cut(handle);
                note(handle, "lost too");
            }));
            assertThat(notes()).isEmpty();
        }

        @Test
        void a_connection_breaks_before_the_commit() {
            assertUnavailable(() -> database.useTransaction(handle -> {
                note(handle, "lost");
                cut(handle);
            }));
            assertThat(notes()).isEmpty();
        }

        @Test
        void a_statement_takes_too_long() {
            assertUnavailable(() -> database.useTransaction(handle -> handle.execute("select pg_sleep(30)")));
        }

        @Test
        void a_transaction_holds_its_locks_without_working() {
            assertUnavailable(() -> database.useTransaction(handle -> {
                note(handle, "lost");
                awaitEndOf(handle);
                note(handle, "lost too");
            }));
            assertThat(notes()).isEmpty();
        }

        @Test
        void all_connections_of_the_pool_are_in_use() throws Exception {
            take(CONNECTIONS);

            assertUnavailable(DatabaseIT.this::notes);
        }

        private void assertUnavailable(Runnable work) {
            ProblemException thrown = catchThrowableOfType(ProblemException.class, work::run);
            assertThat(thrown.problem().code()).isEqualTo(DatabaseProblem.STORAGE_UNAVAILABLE);
        }
    }

    @Test
    void connections_that_died_in_the_pool_are_found_out_before_anybody_gets_one() throws Exception {
        close(take(CONNECTIONS));
        try (Connection connection = db.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                    + " where datname = current_database() and pid <> pg_backend_pid()");
        }
        // A connection isn't asked again within a second of its last use.
        await().pollDelay(ofMillis(1100)).until(() -> true);

        for (Connection each : take(CONNECTIONS)) {
            assertThat(each.isValid(1)).isTrue();
        }
    }

    @Test
    void a_server_that_falls_silent_is_told_of_in_time_also_when_the_connection_must_be_looked_at() throws Exception {
        Link link = Link.to(db);
        open.add(link);
        DatabaseAddress overLink = new DatabaseAddress(link.urlOf(db), db.user(), db.password());
        TestPool pool = TestPool.over(DatabaseConfiguration.of(overLink), overLink);
        open.add(pool);
        assertThat(ask(pool)).isEqualTo(1);
        await().pollDelay(ofMillis(1100)).until(() -> true);

        link.set(Link.State.SILENT);
        long before = System.nanoTime();
        assertThatThrownBy(() -> ask(pool)).isInstanceOf(ProblemException.class);

        // Two seconds for the look and five for a new connection, or ten at most.
        assertThat(java.time.Duration.ofNanos(System.nanoTime() - before)).isLessThan(java.time.Duration.ofSeconds(15));
    }

    private static int ask(TestPool pool) {
        return pool.database()
                .read(handle ->
                        handle.createQuery("select 1").mapTo(Integer.class).one());
    }

    /** Whoever logs a failure would log what a container wrote. */
    @Test
    void a_batch_that_fails_is_not_quoted() {
        database.useTransaction(handle -> note(handle, "a secret"));

        assertThatThrownBy(() ->
                        database.useTransaction(handle -> handle.prepareBatch("insert into notes (text) values (:text)")
                                .bind("text", "another secret")
                                .add()
                                .bind("text", "a secret")
                                .add()
                                .execute()))
                .satisfies(
                        failure -> assertThat(Throwables.getStackTrace(failure)).doesNotContain("secret"));
    }

    @Test
    void a_transaction_within_another_is_part_of_it() {
        assertThatThrownBy(() -> database.useTransaction(outer -> {
                    database.useTransaction(inner -> note(inner, "lost"));
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        assertThat(notes()).isEmpty();
    }

    private List<Connection> take(int count) throws SQLException {
        List<Connection> taken = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            taken.add(pool().take());
        }
        open.addAll(0, taken);
        return taken;
    }

    private static void close(List<Connection> connections) throws SQLException {
        for (Connection each : connections) {
            each.close();
        }
    }

    private TestPool pool() {
        return (TestPool) open.get(open.size() - 1);
    }

    private static void note(Handle handle, String text) {
        handle.execute("insert into notes values (?)", text);
    }

    private List<String> notes() {
        return database.read(DatabaseIT::notes);
    }

    private static List<String> notes(Handle handle) {
        return handle.createQuery("select text from notes").mapTo(String.class).list();
    }

    private static void cut(Handle handle) {
        int backend = backend(handle);
        db.database()
                .read(other -> other.createQuery("select pg_terminate_backend(?, 5000)")
                        .bind(0, backend)
                        .mapTo(Boolean.class)
                        .one());
    }

    /** Waits until the server has ended the handle's session of its own accord. */
    private static void awaitEndOf(Handle handle) {
        int backend = backend(handle);
        await().until(() -> db.database()
                .read(other -> other.createQuery("select count(*) from pg_stat_activity where pid = ?")
                        .bind(0, backend)
                        .mapTo(Integer.class)
                        .one())
                .equals(0));
    }

    private static int backend(Handle handle) {
        return handle.createQuery("select pg_backend_pid()")
                .mapTo(Integer.class)
                .one();
    }
}
