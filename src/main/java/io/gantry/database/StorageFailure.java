package io.gantry.database;

import io.gantry.problem.Problem;
import io.gantry.problem.ProblemException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.ConnectionException;

/** Tells the failures that come from the database's state, and may be over soon, from mistakes in what we asked of it. */
final class StorageFailure {

    /** Connection lost, insufficient resources, I/O error, collision with another transaction. */
    private static final Set<String> CLASSES = Set.of("08", "53", "58", "40");

    /**
     * Shutdown, crash, starting up, database dropped, idle too long (57P01 to 57P05); cancelled by a time limit; lock not
     * available in time; idle in a transaction or in it for too long; read-only standby.
     */
    private static final Set<String> STATES =
            Set.of("57P01", "57P02", "57P03", "57P04", "57P05", "57014", "55P03", "25P03", "25P04", "25006");

    private StorageFailure() {}

    /** The problem to report instead, or empty if this failure isn't of that sort. */
    static Optional<ProblemException> of(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof ConnectionException || (t instanceof SQLException sql && isTemporary(sql))) {
                return Optional.of(new ProblemException(
                        Problem.of(
                                DatabaseProblem.STORAGE_UNAVAILABLE,
                                "The database can't be reached or doesn't answer in time. Try again in a few seconds."),
                        failure));
            }
        }
        return Optional.empty();
    }

    /** What the innermost cause says. Those around it may quote what was to be stored, which is nobody else's business. */
    static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private static boolean isTemporary(SQLException e) {
        if (e instanceof SQLTransientException || e instanceof SQLRecoverableException) {
            return true;
        }
        String state = e.getSQLState();
        return state != null
                && state.length() == 5
                && (CLASSES.contains(state.substring(0, 2)) || STATES.contains(state));
    }
}
