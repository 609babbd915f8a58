package io.gantry.bench;

import io.gantry.database.DataFolders;
import io.gantry.database.DatabaseAddress;
import io.gantry.database.DatabaseConfiguration;
import io.gantry.database.DatabaseServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** How soon a service is back after SIGKILL, with a full store, all slots taken, and a database that outlived it. */
final class Crash {

    private static final int ROUNDS = 3;
    private static final int SLOTS = 2;
    private static final int TASKS = 100;
    private static final Duration LOOK = Duration.ofMillis(10);
    private static final String STARTED =
            "select count(*) from runs where status = 'running' and started_at is not null";
    private static final String ADOPTED = """
            select count(*) from runs join nodes on runs.owner = nodes.incarnation
            where runs.status = 'running' and nodes.incarnation <> '%s'""";

    private final Path folder;
    private final DatabaseAddress address;

    private Crash(Path folder, DatabaseAddress address) {
        this.folder = folder;
        this.address = address;
    }

    static void measure(Path folder, Report report) throws IOException, InterruptedException, SQLException {
        try (DatabaseServer server =
                DatabaseServer.own(DatabaseConfiguration.embedded(), DataFolders.of(folder, "database"))) {
            new Crash(folder, server.address()).measure(report);
        } finally {
            PlainDocker.removeContainersOf(Service.NODE);
        }
    }

    private void measure(Report report) throws IOException, InterruptedException, SQLException {
        Service.migrate(environment());
        fill();
        List<Double> ready = new ArrayList<>();
        List<Double> adopted = new ArrayList<>();
        List<Double> next = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            String before = incarnation();
            long start = System.nanoTime();
            try (Service service = Service.start(folder, environment())) {
                service.awaitReady();
                ready.add(millisSince(start));
                long since = System.nanoTime();
                awaitAnswer(ADOPTED.formatted(before), SLOTS);
                adopted.add(millisSince(since));
                next.add(freeASlot(service));
                service.kill();
            }
        }
        report.compare(
                "SIGKILL, 100 stored, 2 running: ready again; p50",
                Report.millis(Numbers.median(ready)),
                "",
                "",
                "<= 5 s");
        report.compare("  adopted after that; p50", Report.millis(Numbers.median(adopted)), "", "", "<= 2 s");
        report.compare("  a slot freed to the next start; p50", Report.millis(Numbers.median(next)), "", "", "<= 1 s");
    }

    private void fill() throws IOException, InterruptedException, SQLException {
        try (Service service = Service.start(folder, environment())) {
            for (int task = 0; task < TASKS; task++) {
                service.submit(List.of("sleep", "3600"), Duration.ZERO);
            }
            awaitAnswer(STARTED, SLOTS);
            service.kill();
        }
    }

    /** Ends one of the runs, and returns how long after its end was stored the next one's container ran. */
    private double freeASlot(Service service) throws IOException, InterruptedException, SQLException {
        String oldest = ask("select id from runs where status = 'running' order by position limit 1");
        service.cancel(oldest);
        awaitAnswer("select count(*) from runs where id = '" + oldest + "' and finished_at is not null", 1);
        Instant freed = Instant.now();
        awaitAnswer(STARTED, SLOTS);
        return Double.parseDouble(ask("select extract(epoch from max(started_at)) * 1000 from runs"))
                - freed.toEpochMilli();
    }

    private void awaitAnswer(String query, int count) throws SQLException, InterruptedException {
        while (!ask(query).equals(Integer.toString(count))) {
            TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
        }
    }

    private String incarnation() throws SQLException {
        return ask("select incarnation from nodes");
    }

    private String ask(String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection(address.url(), address.user(), address.password());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private Map<String, String> environment() {
        return Map.of(
                "GANTRY_DATABASE_URL", address.url(),
                "GANTRY_DATABASE_USER", address.user(),
                "GANTRY_DATABASE_PASSWORD", address.password());
    }

    private static double millisSince(long start) {
        return (System.nanoTime() - start) / 1e6;
    }
}
