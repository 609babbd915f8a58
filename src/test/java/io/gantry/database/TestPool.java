package io.gantry.database;

import com.codahale.metrics.MetricRegistry;
import io.dropwizard.db.ManagedPooledDataSource;
import java.sql.Connection;
import java.sql.SQLException;

/** The pool as the service has it, over a test's database. */
final class TestPool implements AutoCloseable {

    private final ManagedPooledDataSource source;

    private TestPool(ManagedPooledDataSource source) {
        this.source = source;
    }

    static TestPool over(DatabaseConfiguration configuration, DatabaseAddress address) throws Exception {
        ManagedPooledDataSource source =
                (ManagedPooledDataSource) ConnectionPool.build(configuration, address, new MetricRegistry());
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
    public void close() {
        source.close(true);
    }
}
