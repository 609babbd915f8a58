package io.gantry.execution;

import io.gantry.database.Database;
import io.gantry.engine.ContainerEngine;
import io.gantry.engine.ContainerId;
import io.gantry.engine.EngineRefused;
import io.gantry.engine.EngineUnavailable;
import io.gantry.execution.Verdict.Stop;
import io.gantry.problem.ProblemException;
import io.gantry.problem.ProblemKind;
import io.gantry.run.ImagePull;
import io.gantry.run.Run;
import io.gantry.run.RunEvent;
import io.gantry.run.RunStore;
import io.gantry.run.RunStore.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run in the hands of this process: its present state, and the guard that everything passes that is written about it or
 * asked of the engine for it. Used by one thread, but for {@link #nudge}.
 */
final class Drive {

    private static final Logger log = LoggerFactory.getLogger(Drive.class);
    private static final Duration RETRY = Duration.ofMillis(500);
    private static final Duration LOOK = Duration.ofMillis(500);
    /** A killed process is gone within moments, unless the kernel doesn't let go of it. */
    private static final Duration DEATH = Duration.ofSeconds(15);

    private final Database database;
    private final RunStore runs;
    private final Halt halt;
    private final ContainerEngine engine;
    private final StopSignals signals;

    private volatile Run run;
    private volatile boolean nudged;
    private volatile Optional<Undying> undying = Optional.empty();
    private int outages;
    private long lookedAt = System.nanoTime(); // What the run says was read when it was claimed.
    private Optional<Instant> stopRequestedAt;
    private Optional<ContainerId> signalled = Optional.empty();
    private Optional<Stop> cause = Optional.empty();
    private OptionalLong deadline = OptionalLong.empty(); // By System.nanoTime().

    Drive(Run run, Database database, RunStore runs, ContainerEngine engine, Halt halt) {
        this.run = run;
        this.stopRequestedAt = run.stopRequestedAt();
        this.database = database;
        this.runs = runs;
        this.engine = engine;
        this.halt = halt;
        this.signals = new StopSignals(run.spec().stopGracePeriod());
    }

    Run run() {
        return run;
    }

    /** Commits what events change, all or nothing; waits as long as the database is away. */
    void advance(RunEvent... events) {
        Run after = run;
        for (RunEvent event : events) {
            after = after.on(event);
        }
        save(after);
    }

    private void save(Run after) {
        boolean saved = persistently(() -> database.inTransaction(handle -> runs.save(handle, run, after)));
        if (!saved) {
            throw new Fenced(run.id());
        }
        run = after;
    }

    /** Tells how the pull goes that the run waits for; not at all while the database is away. */
    void tell(ImagePull pull) {
        try {
            if (!database.inTransaction(handle -> runs.savePull(handle, run, pull))) {
                throw new Fenced(run.id());
            }
        } catch (ProblemException away) {
            requireUnavailable(away);
        }
    }

    /** Whether the run's end is asked for; looks into the database now and then, and at once after a nudge. */
    boolean isStopRequested() {
        halt.check();
        if (nudged || System.nanoTime() - lookedAt > LOOK.toNanos()) {
            nudged = false;
            lookNow();
        }
        return stopRequestedAt.isPresent();
    }

    /** From now on a request to end is passed on to this container. */
    void signalTo(ContainerId container) {
        signalled = Optional.of(container);
    }

    /** The container has ended: there is nobody to pass anything on to. */
    void signalNoMore() {
        signalled = Optional.empty();
        undying = Optional.empty();
    }

    /** After that time the container is told to end, as if someone had asked for it. */
    void limitTo(Duration remaining) {
        deadline = OptionalLong.of(System.nanoTime() + remaining.toNanos());
    }

    /** How long ago the time was over; zero while it isn't. */
    Duration overdueFor() {
        return isOverdue() ? Duration.ofNanos(System.nanoTime() - deadline.getAsLong()) : Duration.ZERO;
    }

    /** For how long at most the container has been told to end, on request and by whomever; empty if it wasn't. */
    Optional<Duration> signalledFor() {
        return persistently(() -> database.read(handle -> runs.findSignalledFor(handle, run)));
    }

    /** A former owner's TERM reached the container so long ago. */
    void termCame(Duration ago) {
        if (!isStopRequested()) {
            cause = Optional.of(Stop.OVERDUE);
        }
        signals.termCame(ago, System.nanoTime());
    }

    /** A former owner sent TERM so long ago at most; whether it arrived isn't known. */
    void termWentOut(Duration ago) {
        signals.termWentOut(ago, System.nanoTime());
    }

    /** Why the container was told to end, or would have been; the first reason counts. */
    Stop stop() {
        return cause.orElseGet(() -> isStopRequested() ? Stop.REQUESTED : Stop.NONE);
    }

    /** What must be seen to all the time: a stop of this process, a new owner, a request to end, the end of the time. */
    void attend() {
        boolean requested = isStopRequested();
        if ((requested || isOverdue()) && signalled.isPresent()) {
            Stop reason = requested ? Stop.REQUESTED : Stop.OVERDUE;
            signals.due(System.nanoTime()).ifPresent(signal -> send(signalled.get(), signal, reason));
            lookWhetherItDies(signalled.get());
        }
    }

    private void lookWhetherItDies(ContainerId container) {
        Optional<Duration> since = signals.sinceKill(System.nanoTime()).filter(span -> span.compareTo(DEATH) > 0);
        if (since.isPresent() && undying.isEmpty()) {
            log.warn(
                    "Run {}: its container {} goes on {} s after SIGKILL. It keeps its slot.",
                    run.id(),
                    container,
                    since.get().toSeconds());
        }
        undying = since.map(span -> new Undying(run.id(), container, span));
    }

    /** The container, if it goes on although it was killed some time ago. May be called by any thread. */
    Optional<Undying> undying() {
        return undying;
    }

    private boolean isOverdue() {
        return deadline.isPresent() && System.nanoTime() - deadline.getAsLong() >= 0;
    }

    private void send(ContainerId container, String signal, Stop reason) {
        cause = cause.or(() -> Optional.of(reason));
        if (reason == Stop.REQUESTED) {
            noteSignal(signal);
        } else {
            requireOwnership();
        }
        try {
            engine.signal(container, signal);
            signals.sent(signal, System.nanoTime());
            log.info("Run {}: sent SIG{}, {}", run.id(), signal, cause.get());
        } catch (EngineRefused refused) {
            signals.sent(signal, System.nanoTime());
            log.warn("Run {}: SIG{} was refused: {}", run.id(), signal, refused.getMessage());
        } catch (EngineUnavailable away) {
            signals.lost(signal, System.nanoTime());
            log.warn("Run {}: SIG{} may not have arrived: {}", run.id(), signal, away.getMessage());
        }
    }

    private void noteSignal(String signal) {
        if (!persistently(() -> database.inTransaction(handle -> runs.noteSignal(handle, run, signal)))) {
            throw new Fenced(run.id());
        }
    }

    /** Makes sure that the run is still ours, right before something is asked of the engine. */
    void requireOwnership() {
        note(persistently(() -> database.read(handle -> runs.findStanding(handle, run))));
    }

    /** Waits a while, unless this process stops. */
    void pause(Duration span) {
        halt.pause(span);
    }

    /** Something about the run may have changed in the database: look soon. May be called by any thread. */
    void nudge() {
        nudged = true;
    }

    /**
     * Asks the engine, again and again while it can't be asked, until this process stops. Before it asks again it makes sure
     * that the run is still ours, for meanwhile another may have taken it over.
     */
    <T> T patiently(Supplier<T> question) {
        while (true) {
            halt.check();
            try {
                return question.get();
            } catch (EngineUnavailable away) {
                sitOut(away);
            }
        }
    }

    /** Lets some time go by before the engine is asked again, and makes sure that the run is still ours. */
    void sitOut(EngineUnavailable away) {
        log.warn("Run {}: the container engine can't be asked: {}", run.id(), away.getMessage());
        outages++;
        halt.pause(RETRY);
        requireOwnership();
    }

    /**
     * The same where a refusal is no answer either: of what a container is and did, only a description tells. So the engine
     * is asked until it gives one.
     */
    <T> T insistently(Supplier<T> question) {
        return patiently(() -> {
            try {
                return question.get();
            } catch (EngineRefused refused) {
                throw new EngineUnavailable("it refuses to tell: " + refused.getMessage(), refused);
            }
        });
    }

    /** How often the engine couldn't be asked so far. */
    int outages() {
        return outages;
    }

    private void lookNow() {
        lookedAt = System.nanoTime();
        try {
            note(database.read(handle -> runs.findStanding(handle, run)));
        } catch (ProblemException away) {
            requireUnavailable(away);
        }
    }

    private void note(Optional<Standing> standing) {
        stopRequestedAt = standing.orElseThrow(() -> new Fenced(run.id())).stopRequestedAt();
    }

    private <T> T persistently(Supplier<T> work) {
        while (true) {
            try {
                return work.get();
            } catch (ProblemException away) {
                requireUnavailable(away);
                log.warn("Run {}: the database is away: {}", run.id(), away.getMessage());
                halt.check();
                halt.pause(RETRY);
            }
        }
    }

    private static void requireUnavailable(ProblemException problem) {
        if (problem.problem().code().kind() != ProblemKind.UNAVAILABLE) {
            throw problem;
        }
    }
}
