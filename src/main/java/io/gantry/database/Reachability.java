package io.gantry.database;

import io.gantry.problem.CannotStart;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for a Postgres that may be starting at the same time as we. */
final class Reachability {

    private static final Logger LOG = LoggerFactory.getLogger(Reachability.class);
    private static final Duration ONE_ANSWER = Duration.ofSeconds(5);
    private static final Duration AGAIN_AFTER = Duration.ofMillis(250);

    private Reachability() {}

    /** A connection as soon as there is one. Refuses after this time, and at once what waiting can't mend. */
    static Connection await(DatabaseAddress address, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        boolean told = false;
        while (true) {
            try {
                return Connections.withDeadline(address, ONE_ANSWER);
            } catch (SQLException e) {
                if (System.nanoTime() > deadline || StorageFailure.of(e).isEmpty()) {
                    throw new CannotStart(
                            "The database " + address + " can't be used: " + e.getMessage()
                                    + " Check that it runs, and its URL, user and password (GANTRY_DATABASE_URL,"
                                    + " GANTRY_DATABASE_USER, GANTRY_DATABASE_PASSWORD).",
                            e);
                }
                if (!told) {
                    LOG.info("Waiting for the database {}: {}", address, e.getMessage());
                    told = true;
                }
            }
            pause();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(AGAIN_AFTER.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStart("Interrupted while waiting for the database.", e);
        }
    }
}
