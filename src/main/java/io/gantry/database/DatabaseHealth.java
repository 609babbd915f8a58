package io.gantry.database;

import com.codahale.metrics.health.HealthCheck;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Whether the database answers in time. One question is under way at most, however often somebody asks. */
public final class DatabaseHealth extends HealthCheck {

    private static final Duration IN_TIME = Duration.ofSeconds(2);

    private final Database database;
    private final DatabaseAddress address;
    private final ExecutorService executor;
    private Optional<Future<Boolean>> question = Optional.empty();

    /** @param executor has a thread for this */
    public DatabaseHealth(Database database, DatabaseAddress address, ExecutorService executor) {
        this.database = database;
        this.address = address;
        this.executor = executor;
    }

    @Override
    protected Result check() throws InterruptedException {
        try {
            question().get(IN_TIME.toMillis(), TimeUnit.MILLISECONDS);
            return Result.healthy();
        } catch (TimeoutException e) {
            return unhealthy("didn't answer within " + IN_TIME.toSeconds() + " s");
        } catch (ExecutionException e) {
            return unhealthy("can't be used: " + innermost(e));
        }
    }

    private Result unhealthy(String what) {
        return Result.unhealthy("The database " + address + " " + what
                + ". Check that Postgres runs, can be reached and takes connections; nothing is lost meanwhile.");
    }

    private synchronized Future<Boolean> question() {
        if (question.isEmpty() || question.get().isDone()) {
            question = Optional.of(executor.submit(() -> database.<Boolean>read(handle ->
                    handle.createQuery("select true").mapTo(Boolean.class).one())));
        }
        return question.get();
    }

    private static String innermost(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
