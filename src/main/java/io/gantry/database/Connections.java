package io.gantry.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

/** How connections to Postgres are set up: none hangs for ever, none holds a lock without working. */
final class Connections {

    /** A link that is cut without a word ends a read after this time; longer than any statement may take. */
    private static final Duration SOCKET_TIMEOUT_MARGIN = Duration.ofSeconds(5);

    private Connections() {}

    /** For work that may take long: no time limit on a statement. */
    static Connection forMigrations(DatabaseAddress address) throws SQLException {
        return open(address, unlimited());
    }

    /** No time limit on a statement. */
    static Properties unlimited() {
        return common();
    }

    /** One outside the pool, in autocommit, whose every statement answers or fails within this time. */
    static Connection withDeadline(DatabaseAddress address, Duration deadline) throws SQLException {
        Properties properties = common();
        String seconds = seconds(deadline);
        properties.setProperty("connectTimeout", seconds);
        properties.setProperty("loginTimeout", seconds);
        properties.setProperty("socketTimeout", seconds);
        return open(address, properties);
    }

    /** For the pool. */
    static Properties pooled(DatabaseConfiguration configuration) {
        Properties properties = common();
        Duration statement = configuration.statementTimeout().toJavaDuration();
        properties.setProperty("socketTimeout", seconds(statement.plus(SOCKET_TIMEOUT_MARGIN)));
        properties.setProperty(
                "connectTimeout", seconds(configuration.connectTimeout().toJavaDuration()));
        properties.setProperty("reWriteBatchedInserts", "true");
        properties.setProperty(
                "options",
                "-c default_transaction_isolation=read\\ committed"
                        + " -c statement_timeout=" + statement.toMillis()
                        + " -c idle_in_transaction_session_timeout="
                        + configuration.idleInTransactionTimeout().toMilliseconds());
        return properties;
    }

    private static Properties common() {
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", "gantry");
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("loginTimeout", "10");
        properties.setProperty("cancelSignalTimeout", "5");
        properties.setProperty("tcpKeepAlive", "true");
        // The driver's exceptions would quote a failed batch with all its values, and so would our logs.
        properties.setProperty("logServerErrorDetail", "false");
        return properties;
    }

    private static Connection open(DatabaseAddress address, Properties properties) throws SQLException {
        if (!address.user().isEmpty()) {
            properties.setProperty("user", address.user());
            properties.setProperty("password", address.password());
        }
        return DriverManager.getConnection(address.url(), properties);
    }

    private static String seconds(Duration duration) {
        return Long.toString(Math.max(1, duration.toSeconds()));
    }
}
