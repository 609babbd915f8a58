package io.gantry.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** How connections to Postgres are set up: none may hang for ever, none may hold a lock without working. */
final class Connections {

    private Connections() {}

    /** For work that may take long: one statement at a time, no time limit on it. */
    static Connection forMigrations(DatabaseAddress address) throws SQLException {
        Properties properties = common();
        properties.setProperty("user", address.user());
        properties.setProperty("password", address.password());
        return DriverManager.getConnection(address.url(), properties);
    }

    static Properties common() {
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", "gantry");
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("loginTimeout", "10");
        properties.setProperty("cancelSignalTimeout", "5");
        properties.setProperty("tcpKeepAlive", "true");
        return properties;
    }
}
