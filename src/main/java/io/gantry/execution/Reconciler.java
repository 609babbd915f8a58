package io.gantry.execution;

import io.gantry.engine.EngineUnavailable;
import io.gantry.execution.ExecutionListener.Mended;
import io.gantry.node.Periodic;
import io.gantry.problem.ProblemException;
import io.gantry.queue.Claims;
import io.gantry.queue.OwnerReturn;
import io.gantry.queue.QueueStore;
import io.gantry.queue.Turns;
import io.gantry.run.Failure;
import io.gantry.run.Run;
import io.gantry.run.RunId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps things going whatever got lost: adds a turn when something could be executed and nobody does, removes containers
 * that no run needs, gives up runs whose owner doesn't return, and does the housekeeping of other features, each part
 * whatever became of the others. Safe to run on every node at once.
 */
public final class Reconciler {

    private static final Logger log = LoggerFactory.getLogger(Reconciler.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Claims claims;
    private final Turns turns;
    private final QueueStore queue;
    private final Cleaner cleaner;
    private final OwnerReturn ownerReturn;
    private final ExecutionListener listener;
    private final List<Runnable> housekeeping;
    private final Periodic rounds;

    private volatile long lastRound = System.nanoTime();
    private volatile Duration stalledFor = Duration.ZERO;
    private long takeableSince = System.nanoTime();
    private Optional<RunId> takeableBefore = Optional.empty();
    private boolean first = true;

    Reconciler(
            Claims claims,
            Turns turns,
            QueueStore queue,
            Cleaner cleaner,
            OwnerReturn ownerReturn,
            ExecutionListener listener,
            List<Runnable> housekeeping) {
        this.claims = claims;
        this.turns = turns;
        this.queue = queue;
        this.cleaner = cleaner;
        this.ownerReturn = ownerReturn;
        this.listener = listener;
        this.housekeeping = List.copyOf(housekeeping);
        this.rounds = new Periodic("reconciler", INTERVAL, this::round);
    }

    public void start() {
        rounds.start();
    }

    public void stop() {
        rounds.stop();
        cleaner.stop();
    }

    /** How long ago the last round ended, whether it did any good or not. */
    public Duration sinceLastRound() {
        return Duration.ofNanos(System.nanoTime() - lastRound);
    }

    /** For how long each round has found the same run that could have been taken, and nobody did. */
    public Duration stalledFor() {
        return stalledFor;
    }

    private void round() {
        guarded("turns", this::addTurnIfNeeded);
        guarded("runs whose owner is gone", this::giveUpLostRuns);
        guarded("runs that waited too long", this::endOverdueWaits);
        guarded("containers", () -> cleaner.sweep(this::liveRuns, System.nanoTime()));
        housekeeping.forEach(part -> guarded("housekeeping", part));
        lastRound = System.nanoTime();
    }

    /** At the start at once; later only when the same run was there a round before: turns under way aren't doubled. */
    private void addTurnIfNeeded() {
        Optional<RunId> takeable = claims.findTakeable();
        boolean same = takeable.isPresent() && takeable.equals(takeableBefore);
        long now = System.nanoTime();
        takeableSince = same ? takeableSince : now;
        stalledFor = Duration.ofNanos(now - takeableSince);
        takeableBefore = takeable;
        if (same) {
            log.warn("Run {} could have been taken, and nobody took it: one more turn is added", takeable.get());
            turns.addSpare();
            listener.mended(Mended.LOST_TURN);
        } else if (first && takeable.isPresent()) {
            turns.addSpare();
        }
        first = false;
    }

    private void giveUpLostRuns() {
        ownerReturn.look(System.nanoTime()).forEach(listener::ended);
    }

    private void endOverdueWaits() {
        queue.expire().forEach(run -> {
            log.info(
                    "Run {} {}: {}",
                    run.id(),
                    run.status(),
                    run.failure().map(Failure::detail).orElse(""));
            listener.ended(run);
        });
    }

    private Set<RunId> liveRuns() {
        return queue.view().running().stream().map(Run::id).collect(Collectors.toUnmodifiableSet());
    }

    private static void guarded(String what, Runnable work) {
        try {
            work.run();
        } catch (EngineUnavailable | ProblemException away) {
            log.debug("Reconciling {}: {}", what, away.getMessage());
        } catch (RuntimeException e) {
            log.error("Reconciling {} failed", what, e);
        }
    }
}
