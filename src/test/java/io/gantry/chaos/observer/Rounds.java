package io.gantry.chaos.observer;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A look that is taken again and again; one that fails is left out. */
final class Rounds {

    private final ScheduledExecutorService timer;

    @SuppressWarnings("FutureReturnValueIgnored") // It never completes, and failures are left out.
    Rounds(String name, Duration pause, Callable<?> look) {
        this.timer = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        });
        timer.scheduleWithFixedDelay(() -> take(look), 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    @SuppressWarnings("CatchAndPrintStackTrace")
    private static void take(Callable<?> look) {
        try {
            look.call();
        } catch (Exception away) {
            // What can't be seen now is seen in the next round.
        }
    }

    void stop() throws InterruptedException {
        timer.shutdown();
        if (!timer.awaitTermination(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("a look takes too long");
        }
    }
}
