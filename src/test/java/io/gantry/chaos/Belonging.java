package io.gantry.chaos;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Something that a program has opened. It is closed once: at the end of a block, or when the program is told to end. */
final class Belonging<T> implements AutoCloseable {

    private static final Deque<Belonging<?>> ALL = new ArrayDeque<>();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(Belonging::closeAll, "clear-up"));
    }

    private final T it;
    private final Closing closing;
    private boolean closed;

    private Belonging(T it, Closing closing) {
        this.it = it;
        this.closing = closing;
    }

    /** How it is closed. */
    interface Closing {
        void close() throws Exception;
    }

    static <T> Belonging<T> of(T it, Closing closing) {
        Belonging<T> belonging = new Belonging<>(it, closing);
        synchronized (ALL) {
            ALL.push(belonging);
        }
        return belonging;
    }

    T it() {
        return it;
    }

    /** Returns when it is closed, by whomever. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            closing.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Last things first. */
    private static void closeAll() {
        List<Belonging<?>> all;
        synchronized (ALL) {
            all = List.copyOf(ALL);
        }
        for (Belonging<?> belonging : all) {
            try {
                belonging.close();
            } catch (IllegalStateException e) {
                System.err.println("not cleared up: " + e.getCause());
            }
        }
    }
}
