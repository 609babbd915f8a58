package io.gantry.node;

import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Something that this process does again and again, on a thread of its own. A failure is logged and ends nothing. */
public final class Periodic implements Managed {

    private static final Logger log = LoggerFactory.getLogger(Periodic.class);

    private final ScheduledExecutorService timer;
    private final String name;
    private final Runnable work;
    private final Duration pause;

    /** @param pause between the end of one time and the begin of the next */
    public Periodic(String name, Duration pause, Runnable work) {
        this.name = name;
        this.pause = pause;
        this.work = work;
        this.timer = Executors.newSingleThreadScheduledExecutor(r -> {
            Thread thread = new Thread(r, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Begins at once. */
    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // It never completes, and failures are dealt with in once().
    public void start() {
        timer.scheduleWithFixedDelay(this::once, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Interrupts what is under way. */
    @Override
    public void stop() {
        timer.shutdownNow();
    }

    private void once() {
        try {
            work.run();
        } catch (RuntimeException e) {
            log.error("{} failed", name, e);
        }
    }
}
