package io.gantry.queue.quartz;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.quartz.utils.ConnectionProvider;
import org.quartz.utils.DBConnectionManager;

/** Gives Quartz the service's own connection pool. */
final class PooledConnections implements ConnectionProvider {

    private final DataSource dataSource;
    private final String name;

    PooledConnections(DataSource dataSource, String name) {
        this.dataSource = dataSource;
        this.name = name;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return dataSource.getConnection();
    }

    @Override
    public void shutdown() {
        // The pool isn't Quartz's to close; only the name is given back.
        DBConnectionManager.getInstance().addConnectionProvider(name, new Closed());
    }

    @Override
    public void initialize() {}

    /** What stands in the place of a provider that was shut down. */
    private static final class Closed implements ConnectionProvider {
        @Override
        public Connection getConnection() throws SQLException {
            throw new SQLException("the scheduler was shut down");
        }

        @Override
        public void shutdown() {}

        @Override
        public void initialize() {}
    }
}
