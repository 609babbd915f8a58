package io.gantry.engine.docker;

import io.gantry.engine.EngineUnavailable;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Ends calls that take too long, on the thread that makes them: that thread is interrupted, which closes the channel it
 * waits on. No other timeout works on a Unix socket.
 */
final class Deadlines implements AutoCloseable {

    private final ScheduledThreadPoolExecutor clock;

    Deadlines() {
        clock = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "engine-deadlines");
            thread.setDaemon(true);
            return thread;
        });
        clock.setRemoveOnCancelPolicy(true);
    }

    /** Does a piece of work; {@link EngineUnavailable} when it isn't done in time. */
    <T> T within(Duration atMost, String what, Supplier<T> work) {
        Alarm alarm = new Alarm(Thread.currentThread());
        Future<?> ringing = clock.schedule(alarm::ring, atMost.toNanos(), TimeUnit.NANOSECONDS);
        try {
            return work.get();
        } catch (RuntimeException e) {
            if (alarm.hasRung()) {
                throw new EngineUnavailable("the engine didn't answer '" + what + "' within " + inWords(atMost), e);
            }
            throw e;
        } finally {
            ringing.cancel(false);
            alarm.turnOff();
        }
    }

    /** Looks again and again, off the caller's thread, until the returned future is cancelled. */
    Future<?> every(Duration interval, Runnable look) {
        return clock.scheduleWithFixedDelay(look, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static String inWords(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }

    /** Interrupts one thread at most once, and not after it was turned off. */
    private static final class Alarm {

        private final Thread sleeper;
        private boolean off;
        private boolean rung;

        Alarm(Thread sleeper) {
            this.sleeper = sleeper;
        }

        synchronized void ring() {
            if (!off) {
                rung = true;
                sleeper.interrupt();
            }
        }

        synchronized boolean hasRung() {
            return rung;
        }

        /** Takes back its own interruption, so that it doesn't hit what the thread does next. */
        synchronized void turnOff() {
            off = true;
            if (rung) {
                Thread.interrupted();
            }
        }
    }
}
