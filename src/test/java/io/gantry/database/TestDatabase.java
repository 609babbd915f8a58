package io.gantry.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.tomcat.jdbc.pool.PoolProperties;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A database of a test class's own, on a real Postgres that all classes of the JVM share:
 * {@code @RegisterExtension static final TestDatabase db = TestDatabase.migrated();}
 */
public final class TestDatabase implements BeforeAllCallback, AfterAllCallback {

    private final String name = "test_" + UUID.randomUUID().toString().replace("-", "");
    private final boolean migrated;
    private int depth;
    private org.apache.tomcat.jdbc.pool.DataSource source = new org.apache.tomcat.jdbc.pool.DataSource();

    private TestDatabase(boolean migrated) {
        this.migrated = migrated;
    }

    /** With our schema and nothing in it. */
    public static TestDatabase migrated() {
        return new TestDatabase(true);
    }

    /** With nothing in it. */
    public static TestDatabase blank() {
        return new TestDatabase(false);
    }

    /** Called for nested classes too. */
    @Override
    public void beforeAll(ExtensionContext context) {
        open();
    }

    /** For programs that are no test; each is closed once. */
    public void open() {
        if (depth++ > 0) {
            return;
        }
        TestPostgres.running().create(name, migrated);
        PoolProperties pool = new PoolProperties();
        pool.setUrl(address().url());
        pool.setDriverClassName("org.postgresql.Driver");
        pool.setUsername(address().user());
        pool.setPassword(address().password());
        pool.setInitialSize(1);
        pool.setMinIdle(1);
        pool.setMaxIdle(20);
        pool.setMaxActive(20);
        pool.setMaxWait(10_000);
        source = new org.apache.tomcat.jdbc.pool.DataSource(pool);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close();
    }

    public void close() {
        if (--depth == 0) {
            source.close(true);
            TestPostgres.running().drop(name);
        }
    }

    public DatabaseAddress address() {
        return TestPostgres.running().address(name);
    }

    public String url() {
        return address().url();
    }

    public String user() {
        return address().user();
    }

    public String password() {
        return address().password();
    }

    /** Pooled connections, at most 20. */
    public DataSource dataSource() {
        return source;
    }

    public Database database() {
        return new Database(source);
    }

    public Jdbi jdbi() {
        return Jdbi.create(source).installPlugin(new PostgresPlugin());
    }

    /** A connection outside of the pool. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url(), user(), password());
    }

    /** Takes everything out again, as after {@link #migrated}. */
    public void empty() {
        jdbi().useHandle(handle -> handle.execute("""
                truncate tasks, runs, log_chunks, orphaned_logs, nodes, idempotency_keys, ledger,
                    qrtz_job_details, qrtz_triggers, qrtz_simple_triggers, qrtz_cron_triggers, qrtz_simprop_triggers,
                    qrtz_blob_triggers, qrtz_calendars, qrtz_paused_trigger_grps, qrtz_fired_triggers,
                    qrtz_scheduler_state, qrtz_locks;
                insert into ledger default values"""));
    }
}
