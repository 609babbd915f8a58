package io.gantry.database;

import com.codahale.metrics.MetricRegistry;
import io.dropwizard.db.DataSourceFactory;
import io.dropwizard.db.ManagedDataSource;
import io.dropwizard.db.ManagedPooledDataSource;
import io.gantry.problem.CannotStart;
import java.sql.SQLException;
import org.apache.tomcat.jdbc.pool.PoolProperties;

/**
 * What a {@code db} command works on: one connection to a database that nobody else migrates meanwhile. An embedded
 * Postgres is started for it, and stopped after it, unless a service runs it already.
 */
public final class MigrationDataSourceFactory extends DataSourceFactory {

    private final DatabaseConfiguration configuration;
    private final DataFolders folders;

    public MigrationDataSourceFactory(DatabaseConfiguration configuration, DataFolders folders) {
        this.configuration = configuration;
        this.folders = folders;
    }

    @Override
    public ManagedDataSource build(MetricRegistry metrics, String name) {
        DatabaseServer server = DatabaseServer.ownOrJoin(configuration, folders);
        try {
            Reachability.await(server.address(), configuration.connectTimeout().toJavaDuration())
                    .close();
            return new Source(server, MigrationLock.take(server.address()), metrics, name);
        } catch (SQLException e) {
            server.close();
            throw new CannotStart("The database " + server.address() + " can't be migrated: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private static final class Source extends ManagedPooledDataSource {

        private final DatabaseServer server;
        private final MigrationLock lock;

        Source(DatabaseServer server, MigrationLock lock, MetricRegistry metrics, String name) {
            super(pool(server.address(), name), metrics);
            this.server = server;
            this.lock = lock;
        }

        private static PoolProperties pool(DatabaseAddress address, String name) {
            PoolProperties pool = new PoolProperties();
            pool.setName(name);
            pool.setDriverClassName("org.postgresql.Driver");
            pool.setUrl(address.url());
            if (!address.user().isEmpty()) {
                pool.setUsername(address.user());
                pool.setPassword(address.password());
            }
            pool.setDbProperties(Connections.unlimited());
            pool.setInitialSize(0);
            pool.setMinIdle(1);
            pool.setMaxIdle(1);
            pool.setMaxActive(1);
            return pool;
        }

        @Override
        public void stop() throws Exception {
            try {
                super.stop();
            } finally {
                lock.close();
                server.close();
            }
        }
    }
}
