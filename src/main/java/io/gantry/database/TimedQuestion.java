package io.gantry.database;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Something asked of the database by those who can't wait long. One question is under way at most, however many ask and
 * however long the database takes.
 */
public final class TimedQuestion<T> {

    private final Supplier<T> question;
    private final Duration inTime;
    private final ExecutorService executor;
    private Optional<Future<T>> asked = Optional.empty();

    /** @param executor has a thread for this */
    public TimedQuestion(Supplier<T> question, Duration inTime, ExecutorService executor) {
        this.question = question;
        this.inTime = inTime;
        this.executor = executor;
    }

    /** The answer, if there is one in time; to a question that was asked at the earliest when the last one was answered. */
    public T ask() throws TimeoutException, ExecutionException, InterruptedException {
        return asked().get(inTime.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized Future<T> asked() {
        if (asked.isEmpty() || asked.get().isDone()) {
            asked = Optional.of(executor.submit(question::get));
        }
        return asked.get();
    }
}
