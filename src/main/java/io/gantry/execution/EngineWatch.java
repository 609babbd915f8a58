package io.gantry.execution;

import io.gantry.engine.ContainerEngine;
import io.gantry.engine.EngineIdentity;
import io.gantry.engine.EngineUnavailable;
import io.gantry.node.Periodic;
import io.gantry.queue.Engines;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the engine every second who it is, and knows when it last answered. */
public final class EngineWatch implements Engines {

    private static final Logger log = LoggerFactory.getLogger(EngineWatch.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration FRESH = Duration.ofSeconds(5);

    private final ContainerEngine engine;
    private final Runnable onReturn;
    private final Periodic looks;
    private volatile Answer last = new Answer(Optional.empty(), System.nanoTime(), "it hasn't been asked yet");

    /** @param onReturn called when the engine answers after it didn't */
    public EngineWatch(ContainerEngine engine, Runnable onReturn) {
        this.engine = engine;
        this.onReturn = onReturn;
        this.looks = new Periodic("engine-watch", INTERVAL, this::look);
    }

    public void start() {
        looks.start();
    }

    public void stop() {
        looks.stop();
    }

    /** Who the engine is, as it said within the last seconds. */
    public Optional<EngineIdentity> current() {
        Answer answer = last;
        return System.nanoTime() - answer.nanoTime() < FRESH.toNanos() ? answer.identity() : Optional.empty();
    }

    /** Why there is no {@link #current} engine, in words for a person. */
    public String trouble() {
        return last.trouble();
    }

    @Override
    public Optional<String> engineId() {
        return current().map(EngineIdentity::id);
    }

    EngineIdentity identify() {
        return current().orElseThrow(() -> new EngineUnavailable(trouble()));
    }

    private void look() {
        try {
            EngineIdentity identity = engine.identify();
            boolean wasAway = last.identity().isEmpty();
            last = new Answer(Optional.of(identity), System.nanoTime(), "");
            if (wasAway) {
                log.info("Container engine {} answers, API {}", identity.version(), identity.apiVersion());
                onReturn.run();
            }
        } catch (RuntimeException e) {
            String trouble = String.valueOf(e.getMessage());
            if (last.identity().isPresent()) {
                log.warn("The container engine doesn't answer: {}", trouble);
            }
            last = new Answer(Optional.empty(), System.nanoTime(), trouble);
        }
    }

    private record Answer(Optional<EngineIdentity> identity, long nanoTime, String trouble) {}
}
