package io.gantry.database;

import com.codahale.metrics.MetricRegistry;
import io.dropwizard.db.ManagedDataSource;
import java.sql.Connection;
import java.sql.SQLException;

/** The pool as the service has it, over a test's database. */
final class TestPool implements AutoCloseable {

    private final ManagedDataSource source;

    private TestPool(ManagedDataSource source) {
        this.source = source;
    }

    static TestPool over(DatabaseConfiguration configuration, DatabaseAddress address) throws Exception {
        ManagedDataSource source = ConnectionPool.build(configuration, address, new MetricRegistry());
        source.start();
        return new TestPool(source);
    }

    Database database() {
        return new Database(source);
    }

    Connection take() throws SQLException {
        return source.getConnection();
    }

    @Override
    public void close() throws Exception {
        source.stop();
    }
}
