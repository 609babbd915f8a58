package io.gantry.database;

import io.gantry.problem.ProblemException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where everything is kept. When the database can't be used, each method throws a {@link ProblemException} with
 * {@link DatabaseProblem#STORAGE_UNAVAILABLE}; whether the transaction was committed is unknown then. Whatever else the
 * body throws rolls back and passes through.
 */
public final class Database {

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);

    private final Jdbi jdbi;
    private final AtomicBoolean available = new AtomicBoolean(true);

    /** @param source connections in autocommit mode whose default isolation is READ COMMITTED */
    public Database(DataSource source) {
        this.jdbi = Jdbi.create(source).installPlugin(new PostgresPlugin());
        // Neither logs nor answers quote what a client sent.
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
    }

    /** Runs the body in a READ COMMITTED transaction and commits; within the body of another one, as a part of that. */
    public <T> T inTransaction(Function<Handle, T> body) {
        return guarded(() -> jdbi.inTransaction(body::apply));
    }

    /** As {@link #inTransaction}, without a result. */
    public void useTransaction(Consumer<Handle> body) {
        guarded(() -> jdbi.inTransaction(handle -> {
            body.accept(handle);
            return true;
        }));
    }

    /** Runs the body without a transaction: each statement sees what is committed when it begins. */
    public <T> T read(Function<Handle, T> body) {
        return guarded(() -> jdbi.withHandle(body::apply));
    }

    private <T> T guarded(Supplier<T> work) {
        try {
            T result = work.get();
            if (available.compareAndSet(false, true)) {
                LOG.info("The database can be used again");
            }
            return result;
        } catch (ProblemException e) {
            throw e;
        } catch (RuntimeException e) {
            throw StorageFailure.of(e).<RuntimeException>map(this::unavailable).orElse(e);
        }
    }

    private ProblemException unavailable(ProblemException problem) {
        if (available.compareAndSet(true, false)) {
            LOG.warn("The database can't be used: {}", StorageFailure.reason(problem));
        }
        return problem;
    }
}
