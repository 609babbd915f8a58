package io.gantry.execution;

import io.gantry.engine.ContainerEngine;
import io.gantry.engine.ContainerId;
import io.gantry.engine.ContainerSummary;
import io.gantry.engine.EngineRefused;
import io.gantry.engine.EngineUnavailable;
import io.gantry.execution.ExecutionListener.Mended;
import io.gantry.run.RunId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes containers of this installation that no run needs any more; touches nothing without its label. */
final class Cleaner {

    private static final Logger log = LoggerFactory.getLogger(Cleaner.class);

    private static final long BETWEEN_SWEEPS = Duration.ofSeconds(5).toNanos();

    private final ContainerEngine engine;
    private final String installation;
    private final Duration grace;
    private final ExecutionListener listener;
    private final ExecutorService remover = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            r -> new Thread(r, "container-remover"),
            new ThreadPoolExecutor.DiscardPolicy());
    private final Map<ContainerId, Long> strays = new HashMap<>();
    private long lastSweep = System.nanoTime() - BETWEEN_SWEEPS;

    /** @param grace how long a container must have been seen without a live run before it is removed */
    Cleaner(ContainerEngine engine, String installation, Duration grace, ExecutionListener listener) {
        this.engine = engine;
        this.installation = installation;
        this.grace = grace;
        this.listener = listener;
    }

    /**
     * Removes a container whose outcome and log are stored, in the background. A failure is made good by {@link #sweep}, and
     * so is a request that comes after the {@link #stop}.
     */
    void removeSoon(ContainerId container) {
        remover.execute(() -> remove(container));
    }

    /**
     * Removes what was left behind, if it is time to look again.
     *
     * @param live gives the runs that may have a container; asked only after the containers were listed
     */
    void sweep(Supplier<Set<RunId>> live, long nanoTime) {
        if (nanoTime - lastSweep < BETWEEN_SWEEPS) {
            return;
        }
        lastSweep = nanoTime;
        List<ContainerSummary> ours = engine.list(Map.of(ContainerPlans.INSTALLATION, installation));
        Set<RunId> runs = live.get();
        List<ContainerId> without = ours.stream()
                .filter(c -> !belongsTo(c, runs))
                .map(ContainerSummary::id)
                .toList();
        strays.keySet().retainAll(Set.copyOf(without));
        for (ContainerId container : without) {
            long firstSeen = strays.computeIfAbsent(container, c -> nanoTime);
            if (nanoTime - firstSeen >= grace.toNanos()) {
                removeStray(container);
            }
        }
    }

    void stop() {
        remover.shutdown();
    }

    private static boolean belongsTo(ContainerSummary container, Set<RunId> runs) {
        return RunId.parse(container.labels().getOrDefault(ContainerPlans.RUN, ""))
                .map(runs::contains)
                .orElse(false);
    }

    private void removeStray(ContainerId container) {
        if (remove(container)) {
            log.warn("Container {} belonged to no live run, and is removed", container);
            listener.mended(Mended.STRAY_CONTAINER);
        }
    }

    private boolean remove(ContainerId container) {
        try {
            engine.remove(container);
            return true;
        } catch (EngineUnavailable | EngineRefused e) {
            log.debug("Container {} wasn't removed: {}", container, e.getMessage());
            return false;
        }
    }
}
