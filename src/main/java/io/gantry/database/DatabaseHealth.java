package io.gantry.database;

import com.codahale.metrics.health.HealthCheck;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeoutException;

/** Whether the database answers in time. */
public final class DatabaseHealth extends HealthCheck {

    private static final Duration IN_TIME = Duration.ofSeconds(2);

    private final DatabaseAddress address;
    private final TimedQuestion<Boolean> question;

    /** @param executor has a thread for this */
    public DatabaseHealth(Database database, DatabaseAddress address, ExecutorService executor) {
        this.address = address;
        this.question = new TimedQuestion<>(() -> answers(database), IN_TIME, executor);
    }

    @Override
    protected Result check() throws InterruptedException {
        try {
            question.ask();
            return Result.healthy();
        } catch (TimeoutException e) {
            return unhealthy("didn't answer within " + IN_TIME.toSeconds() + " s.");
        } catch (ExecutionException e) {
            return unhealthy("can't be used: " + StorageFailure.reason(e));
        }
    }

    private Result unhealthy(String what) {
        return Result.unhealthy("The database " + address + " " + what
                + " Check that Postgres runs, can be reached and takes connections; nothing is lost meanwhile.");
    }

    private static boolean answers(Database database) {
        return database.<Boolean>read(
                handle -> handle.createQuery("select true").mapTo(Boolean.class).one());
    }
}
