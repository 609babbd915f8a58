package io.gantry.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * How a database's schema stands to the one that this version needs.
 *
 * @param total how many changes this version knows
 * @param missing those that the database lacks, in order
 * @param unknown those of the database that this version doesn't know
 */
record SchemaVersion(int total, List<String> missing, List<String> unknown) {

    /** Only reads. */
    static SchemaVersion of(Connection connection) throws SQLException {
        return compare(Changelog.read().changes(), applied(connection));
    }

    static SchemaVersion compare(List<String> known, List<String> applied) {
        List<String> missing = new ArrayList<>(known);
        missing.removeAll(applied);
        List<String> unknown = new ArrayList<>(applied);
        unknown.removeAll(known);
        return new SchemaVersion(known.size(), List.copyOf(missing), List.copyOf(unknown));
    }

    boolean isCurrent() {
        return missing.isEmpty() && unknown.isEmpty();
    }

    boolean isNewer() {
        return !unknown.isEmpty();
    }

    /** In words, to be followed by what to do. */
    String difference() {
        if (isNewer()) {
            return "has schema changes that this version doesn't know (" + String.join(", ", unknown) + ")";
        }
        if (missing.size() == total) {
            return "has no schema yet";
        }
        return "lacks " + missing.size() + " of " + total + " schema changes (" + String.join(", ", missing) + ")";
    }

    private static List<String> applied(Connection connection) throws SQLException {
        List<String> applied = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet table = statement.executeQuery("select to_regclass('databasechangelog') is not null")) {
                table.next();
                if (!table.getBoolean(1)) {
                    return applied;
                }
            }
            try (ResultSet rows = statement.executeQuery(
                    "select author || ':' || id from databasechangelog order by orderexecuted")) {
                while (rows.next()) {
                    applied.add(rows.getString(1));
                }
            }
        }
        return applied;
    }
}
