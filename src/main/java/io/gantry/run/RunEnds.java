package io.gantry.run;

import io.gantry.problem.ProblemException;
import io.gantry.task.RunEnd;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets any number of clients wait for the ends of runs with no threads of their own: an end in this process is told at once,
 * all others are found by one query for all, a few times a second, while anybody waits.
 */
public final class RunEnds implements RunEnd {

    private static final Logger log = LoggerFactory.getLogger(RunEnds.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final int THREADS = 2;

    private final RunPageStore runs;
    private final Set<Wait> waits = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(
            THREADS, work -> new Thread(work, "run-ends"), new ThreadPoolExecutor.DiscardPolicy());

    private volatile boolean stopped;

    public RunEnds(RunPageStore runs) {
        this.runs = runs;
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    public void start() {
        ScheduledFuture<?> unused = executor.scheduleWithFixedDelay(
                this::look, LOOK_EVERY.toMillis(), LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Lets everybody go. To be called as the first thing of a shutdown; those who come later needn't wait. */
    public void stop() {
        stopped = true;
        executor.shutdown();
        complete(wait -> true);
    }

    @Override
    public CompletionStage<Void> whenOver(UUID run, Duration atMost) {
        Wait wait = new Wait(run, new CompletableFuture<>());
        waits.add(wait);
        ScheduledFuture<?> unused =
                executor.schedule(() -> complete(wait::equals), atMost.toMillis(), TimeUnit.MILLISECONDS);
        if (stopped) {
            complete(wait::equals);
        }
        return wait.over();
    }

    /** Tells that a run is over, after the commit. From any thread, which isn't held. */
    public void tell(RunId run) {
        if (isAwaited(run)) {
            executor.execute(() -> complete(wait -> wait.run().equals(run.value())));
        }
    }

    private boolean isAwaited(RunId run) {
        return waits.stream().anyMatch(wait -> wait.run().equals(run.value()));
    }

    private void look() {
        Set<Wait> known = Set.copyOf(waits);
        if (known.isEmpty()) {
            return;
        }
        try {
            Set<UUID> active = runs.listActive(known.stream().map(Wait::run).collect(Collectors.toSet()));
            complete(wait -> known.contains(wait) && !active.contains(wait.run()));
        } catch (ProblemException away) {
            log.debug("Can't look for runs that are over: {}", away.getMessage());
        } catch (RuntimeException e) {
            log.error("Looking for runs that are over failed", e);
        }
    }

    private void complete(Predicate<Wait> which) {
        waits.stream().filter(which).toList().forEach(wait -> {
            waits.remove(wait);
            wait.over().complete(null);
        });
    }

    /** One who waits. */
    private record Wait(UUID run, CompletableFuture<Void> over) {}
}
