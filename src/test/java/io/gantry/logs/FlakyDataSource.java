package io.gantry.logs;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A real database behind a bad line. */
public final class FlakyDataSource implements DataSource {

    private static final String CONNECTION_FAILURE = "08006";

    private final DataSource real;
    private final AtomicInteger commitsToFail = new AtomicInteger();
    private final AtomicInteger answersToLose = new AtomicInteger();
    private final AtomicInteger lostAnswers = new AtomicInteger();
    private final AtomicInteger refusedConnections = new AtomicInteger();
    private volatile boolean broken;

    public FlakyDataSource(DataSource real) {
        this.real = real;
    }

    public void break_down() {
        broken = true;
    }

    public void recover() {
        broken = false;
    }

    /** The next commits roll back and fail. */
    public void fail_commits(int count) {
        commitsToFail.set(count);
    }

    /** The next commits succeed, but whoever asked is told that they failed. */
    public void lose_answers_to_commits(int count) {
        answersToLose.set(count);
    }

    /** How often somebody has noticed that the line is broken. */
    public int refusedConnections() {
        return refusedConnections.get();
    }

    public int lostAnswers() {
        return lostAnswers.get();
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (broken) {
            refusedConnections.incrementAndGet();
            throw new SQLException("no connection", CONNECTION_FAILURE);
        }
        Connection connection = real.getConnection();
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> call(connection, method, arguments));
    }

    private @Nullable Object call(Connection connection, Method method, Object[] arguments) throws Throwable {
        if (method.getName().equals("commit")) {
            commit(connection);
            return null;
        }
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    private void commit(Connection connection) throws SQLException {
        if (commitsToFail.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            connection.rollback();
            throw new SQLException("commit failed", CONNECTION_FAILURE);
        }
        connection.commit();
        if (answersToLose.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            lostAnswers.incrementAndGet();
            throw new SQLException("connection lost", CONNECTION_FAILURE);
        }
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return getConnection();
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return real.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        real.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        real.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return real.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getGlobal();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return real.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return real.isWrapperFor(type);
    }
}
