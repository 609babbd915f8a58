package io.gantry.chaos;

import static org.awaitility.Awaitility.await;

import io.gantry.chaos.observer.EngineEvent;
import io.gantry.chaos.observer.Observer;
import io.gantry.chaos.observer.RunRow;
import io.gantry.chaos.observer.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/** Waits for what can be seen of a trial. */
final class Lookout {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration IDLE_WITHIN = Duration.ofMinutes(2);
    private static final Duration LOOK = Duration.ofMillis(25);
    private static final Duration CLOSE_LOOK = Duration.ofMillis(5);

    private static final long TORRENT_BYTES = 1 << 19;

    private final Observer observer;

    Lookout(Observer observer) {
        this.observer = observer;
    }

    void awaitEmptyTables() {
        await("the tables are empty")
                .atMost(PATIENCE)
                .pollInterval(LOOK)
                .until(() -> observer.latest()
                        .map(sample -> sample.tasks().isEmpty())
                        .orElse(false));
    }

    /** Returns once a run has a container that was started and hasn't ended, as stored. */
    void awaitUnderway() {
        await("a run is under way")
                .atMost(PATIENCE)
                .pollInterval(LOOK)
                .until(() -> runs().anyMatch(Lookout::isUnderway));
    }

    /** The same of a run that ends by itself, as all do but the first. */
    void awaitFiniteUnderway() {
        await("a run that will end is under way")
                .atMost(PATIENCE)
                .pollInterval(CLOSE_LOOK)
                .until(() -> runs().skip(1).anyMatch(Lookout::isUnderway));
    }

    private static boolean isUnderway(RunRow run) {
        return isRunning(run) && run.at("started_at").isPresent();
    }

    /** Returns once a run's start is intended, as stored, and not yet told; fails if none is caught so. */
    UUID awaitIntent() {
        return await("a run is about to be started")
                .atMost(PATIENCE)
                .pollInterval(CLOSE_LOOK)
                .until(() -> runs().filter(this::isAboutToStart).findFirst(), Optional::isPresent)
                .orElseThrow()
                .id();
    }

    private boolean isAboutToStart(RunRow run) {
        return isRunning(run)
                && run.at("start_intended_at").isPresent()
                && run.at("started_at").isEmpty()
                && !isStartTold(run.id());
    }

    /** Whether the engine has told by now that it started a run's container; it isn't asked. */
    boolean isStartTold(UUID run) {
        return told(run, "start").findAny().isPresent();
    }

    private Stream<EngineEvent> told(UUID run, String action) {
        return observer.told().stream()
                .filter(event -> event.is(action) && event.run().equals(Optional.of(run)));
    }

    /** Returns once a run writes a lot. */
    UUID awaitTorrent() {
        return await("a run writes a lot")
                .atMost(PATIENCE)
                .pollInterval(LOOK)
                .until(
                        () -> runs().filter(run -> isRunning(run) && run.logBytes() > TORRENT_BYTES)
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow()
                .id();
    }

    /** When a run's container ended, as far as the engine has told by now. */
    Optional<Instant> findEnd(UUID run) {
        return told(run, "die").map(EngineEvent::at).findFirst();
    }

    /** The runs that are running, with their epochs. */
    Map<UUID, Long> running() {
        return runs().filter(Lookout::isRunning).collect(Collectors.toMap(RunRow::id, RunRow::epoch));
    }

    /** Returns once each of these has another owner, or is over. */
    void awaitTakenOver(Map<UUID, Long> left) {
        await("runs are taken over")
                .atMost(PATIENCE)
                .pollInterval(LOOK)
                .until(() -> runs().noneMatch(run -> isRunning(run) && left.getOrDefault(run.id(), 0L) == run.epoch()));
    }

    /** Returns when all is over and cleared away; if that takes too long, all the same: the invariants say what is wrong. */
    void awaitIdle() {
        try {
            await().atMost(IDLE_WITHIN).pollInterval(LOOK).until(() -> runs().noneMatch(RunRow::isActive));
            await().atMost(PATIENCE)
                    .pollInterval(LOOK)
                    .until(() -> observer.inhabitants().isEmpty());
        } catch (ConditionTimeoutException late) {
            // Judged as it is.
        }
    }

    private Stream<RunRow> runs() {
        return observer.latest().map(Sample::runs).orElse(List.of()).stream();
    }

    private static boolean isRunning(RunRow run) {
        return run.status().equals("running");
    }
}
