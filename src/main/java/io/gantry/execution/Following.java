package io.gantry.execution;

import io.gantry.engine.ContainerEngine;
import io.gantry.engine.ContainerEvent;
import io.gantry.engine.ContainerId;
import io.gantry.engine.ContainerState;
import io.gantry.engine.ContainerState.Phase;
import io.gantry.engine.EngineUnavailable;
import io.gantry.engine.Follow;
import io.gantry.engine.OutputFeed;
import io.gantry.execution.RunLogs.Feed;
import io.gantry.execution.RunLogs.RunLog;
import io.gantry.run.FailureCode;
import io.gantry.run.Outcome;
import io.gantry.run.RunEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stays with one started container until it has exited and its output is stored: takes in what it writes, passes on a
 * request to end, and outlives losses of the engine.
 */
final class Following {

    private static final Logger log = LoggerFactory.getLogger(Following.class);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration EXIT_AFTER_OUTPUT = Duration.ofSeconds(2);
    private static final Duration BACKOFF = Duration.ofMillis(500);
    private static final int DEATH_LOOKS = 20;

    private final ContainerEngine engine;
    private final Drive drive;
    private final RunLog runLog;
    private final ContainerId container;
    private final Verdict verdict;
    private final StopSignals signals;

    private boolean unbroken;

    Following(ContainerEngine engine, Drive drive, RunLog runLog, ContainerId container, Verdict verdict) {
        this.engine = engine;
        this.drive = drive;
        this.runLog = runLog;
        this.container = container;
        this.verdict = verdict;
        this.signals = new StopSignals(drive.run().spec().stopGracePeriod());
    }

    Conclusion follow(Optional<OutputFeed> attach) {
        unbroken = attach.isPresent();
        Optional<OutputFeed> feed = attach;
        while (true) {
            Optional<ContainerState> state = watch(feed);
            if (state.isEmpty()) {
                return vanished();
            }
            if (state.get().phase() == Phase.EXITED) {
                return conclude(state.get());
            }
            unbroken = false;
            feed = reopen();
        }
    }

    private Conclusion vanished() {
        if (!runLog.flush()) {
            throw new Fenced(drive.run().id());
        }
        Outcome lost =
                Outcome.failed(FailureCode.CONTAINER_LOST, "The container was removed before its end was known.");
        return new Conclusion(lost, Optional.empty(), false);
    }

    /** Until the container has exited or is gone, or the feed is of no more use. */
    private Optional<ContainerState> watch(Optional<OutputFeed> feed) {
        try {
            noteStart();
            feed.ifPresent(this::takeIn);
        } finally {
            feed.ifPresent(OutputFeed::close);
        }
        return feed.isPresent() ? awaitExit() : drive.patiently(() -> engine.inspect(container));
    }

    private void noteStart() {
        if (drive.run().startedAt().isEmpty()) {
            drive.patiently(() -> engine.inspect(container))
                    .flatMap(ContainerState::startedAt)
                    .ifPresent(at -> drive.advance(new RunEvent.Started(at)));
        }
    }

    private void takeIn(OutputFeed feed) {
        while (feed.await(LOOK) == OutputFeed.State.FLOWING) {
            attend();
            if (runLog.isOverwhelmed()) {
                log.info(
                        "Run {}: storing its output can't keep up; it goes on from the engine's log",
                        drive.run().id());
                unbroken = false;
                return;
            }
        }
    }

    /** The output has ended; the exit follows soon, unless the engine is gone or the container has closed its output. */
    private Optional<ContainerState> awaitExit() {
        long deadline = System.nanoTime() + EXIT_AFTER_OUTPUT.toNanos();
        while (true) {
            attend();
            engine.awaitExit(container, LOOK.multipliedBy(2));
            Optional<ContainerState> state = drive.patiently(() -> engine.inspect(container));
            boolean over = state.isEmpty() || state.get().phase() == Phase.EXITED;
            if (over || System.nanoTime() - deadline > 0) {
                return state;
            }
        }
    }

    private Optional<OutputFeed> reopen() {
        drive.patiently(() -> engine.inspect(container));
        attend();
        drive.pause(BACKOFF);
        try {
            return Optional.of(engine.readLog(container, Follow.YES, runLog.replay()));
        } catch (EngineUnavailable away) {
            return Optional.empty();
        }
    }

    /** What must be seen to all the time: a stop of this process, a new owner, a request to end. */
    private void attend() {
        if (runLog.isFenced()) {
            throw new Fenced(drive.run().id());
        }
        if (drive.isStopRequested()) {
            signals.due(System.nanoTime()).ifPresent(this::send);
        }
    }

    private void send(String signal) {
        drive.requireOwnership();
        try {
            engine.signal(container, signal);
            log.info("Run {}: sent SIG{}", drive.run().id(), signal);
        } catch (EngineUnavailable away) {
            // The next one is due in a while; a lost TERM is followed by a KILL.
            log.warn("Run {}: SIG{} may not have arrived: {}", drive.run().id(), signal, away.getMessage());
        }
    }

    private Conclusion conclude(ContainerState exited) {
        if (!unbroken) {
            reread();
        }
        if (!runLog.flush()) {
            throw new Fenced(drive.run().id());
        }
        Verdict.Stop stop = drive.isStopRequested() ? Verdict.Stop.REQUESTED : Verdict.Stop.NONE;
        Outcome outcome = verdict.of(exited, lastEvents(exited), stop);
        return new Conclusion(outcome, exited.finishedAt(), runLog.isComplete(unbroken ? Feed.UNBROKEN : Feed.REREAD));
    }

    /** A follow can lose a last line without newline, so the engine's log is read once more when all is written. */
    private void reread() {
        boolean done = false;
        while (!done) {
            OutputFeed feed = drive.patiently(() -> engine.readLog(container, Follow.NO, runLog.replay()));
            OutputFeed.State state = OutputFeed.State.FLOWING;
            try {
                while (state == OutputFeed.State.FLOWING && !runLog.isOverwhelmed()) {
                    state = feed.await(LOOK);
                    drive.isStopRequested();
                }
            } finally {
                feed.close();
            }
            done = state == OutputFeed.State.ENDED && !runLog.isOverwhelmed();
            if (!done) {
                drive.pause(BACKOFF);
            }
        }
    }

    /** The engine reports an exit a moment before it logs the event. */
    private List<ContainerEvent> lastEvents(ContainerState exited) {
        Instant since = exited.startedAt().orElse(Instant.EPOCH).minusSeconds(1);
        List<ContainerEvent> events = List.of();
        for (int look = 0; look < DEATH_LOOKS; look++) {
            events = drive.patiently(() -> engine.eventsOf(container, since));
            if (events.stream().anyMatch(ContainerEvent.Died.class::isInstance)) {
                return events;
            }
            drive.pause(LOOK);
        }
        return events;
    }
}
