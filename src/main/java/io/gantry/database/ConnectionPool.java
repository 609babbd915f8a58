package io.gantry.database;

import com.codahale.metrics.MetricRegistry;
import io.dropwizard.db.DataSourceFactory;
import io.dropwizard.db.ManagedDataSource;
import io.dropwizard.util.Duration;
import java.util.HashMap;
import java.util.Map;

/** The pool that the whole service shares. A connection that died is found out before anybody gets it. */
final class ConnectionPool {

    private static final int MINIMUM = 2;

    private ConnectionPool() {}

    static ManagedDataSource build(
            DatabaseConfiguration configuration, DatabaseAddress address, MetricRegistry metrics) {
        DataSourceFactory factory = new DataSourceFactory();
        factory.setDriverClass("org.postgresql.Driver");
        factory.setUrl(address.url());
        if (!address.user().isEmpty()) {
            factory.setUser(address.user());
            factory.setPassword(address.password());
        }
        Map<String, String> properties = new HashMap<>();
        Connections.pooled(configuration).forEach((name, value) -> properties.put((String) name, (String) value));
        factory.setProperties(properties);
        factory.setInitialSize(MINIMUM);
        factory.setMinSize(MINIMUM);
        factory.setMaxSize(configuration.connections());
        factory.setIgnoreExceptionOnPreLoad(true);
        factory.setMaxWaitForConnection(configuration.connectTimeout());
        factory.setCheckConnectionOnBorrow(true);
        factory.setCheckConnectionWhileIdle(true);
        factory.setLogValidationErrors(false);
        factory.setValidationInterval(Duration.seconds(1));
        // Without a query of ours the driver asks, and it alone can give up on a server that says nothing.
        factory.setValidationQuery(null);
        factory.setValidationQueryTimeout(Duration.seconds(2));
        factory.setRollbackOnReturn(true);
        return factory.build(metrics, "database");
    }
}
