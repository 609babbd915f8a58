package io.gantry.execution;

import io.gantry.engine.ContainerEngine;
import io.gantry.engine.ContainerEvent;
import io.gantry.engine.ContainerEvent.Signalled;
import io.gantry.engine.ContainerId;
import io.gantry.engine.ContainerState;
import io.gantry.engine.ContainerState.Phase;
import io.gantry.engine.OutputFeed;
import io.gantry.execution.Autopsy.Findings;
import io.gantry.run.FailureCode;
import io.gantry.run.Outcome;
import io.gantry.run.RunEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Stays with one started container until it has exited and its output is stored: takes in what it writes, passes on a
 * request to end, and outlives losses of the engine and of the database.
 */
final class Following {

    private static final Duration BLINK = Duration.ofMillis(100);
    private static final Duration EXIT_LOOK = Duration.ofMillis(250);
    private static final Duration EXIT_AFTER_OUTPUT = Duration.ofSeconds(2);
    /** Output that ended so long before the exit may have been cut off on its way, between two frames. */
    private static final Duration EXIT_WITH_OUTPUT = Duration.ofMillis(250);

    /** Spans that two clocks have measured differ. */
    private static final Duration SLACK = Duration.ofSeconds(1);

    private static final Duration BACKOFF = Duration.ofMillis(500);

    private final ContainerEngine engine;
    private final Drive drive;
    private final RunLog runLog;
    private final ContainerId container;
    private final Intake intake;
    private final Autopsy autopsy;
    private long lookedAt;

    Following(ContainerEngine engine, Drive drive, RunLog runLog, ContainerId container, Autopsy autopsy) {
        this.engine = engine;
        this.drive = drive;
        this.runLog = runLog;
        this.container = container;
        this.intake = new Intake(engine, drive, runLog, container);
        this.autopsy = autopsy;
    }

    /** @param attach the feed that was there before the start, if there is one */
    Conclusion follow(Optional<OutputFeed> attach) {
        drive.signalTo(container);
        int outages = drive.outages();
        boolean unbroken = attach.isPresent() && takeIn(attach.get());
        long endedAt = System.nanoTime();
        Optional<ContainerState> state = attach.isPresent() ? awaitExit() : takeUp();
        unbroken = unbroken && lookedAt - endedAt < EXIT_WITH_OUTPUT.toNanos();
        while (state.isPresent() && state.get().phase() != Phase.EXITED) {
            unbroken = false;
            noteStart(state.get());
            drive.pause(BACKOFF);
            intake.catchUp();
            state = awaitExit();
        }
        Feed feed = unbroken && drive.outages() == outages ? Feed.WHOLE : Feed.IN_DOUBT;
        return state.map(exited -> conclude(exited, feed)).orElseGet(this::vanished);
    }

    private Duration timeout() {
        return drive.run().spec().timeout();
    }

    /** A container that ran before we came has used up some of its time. */
    private Optional<ContainerState> takeUp() {
        Optional<ContainerState> there = look();
        there.filter(state -> state.phase() != Phase.EXITED).ifPresent(state -> {
            drive.limitTo(timeLeft(state));
            goOnEnding();
        });
        return there;
    }

    /** If a former owner has told it to end, its grace period goes on, by the engine's clock if the engine remembers. */
    private void goOnEnding() {
        Optional<Duration> signalledFor = drive.signalledFor();
        Duration overdueFor = drive.overdueFor();
        if (signalledFor.isPresent() || overdueFor.compareTo(Duration.ZERO) > 0) {
            Duration longest =
                    signalledFor.filter(span -> span.compareTo(overdueFor) > 0).orElse(overdueFor);
            Instant now = drive.insistently(engine::now);
            lastTerm(now.minus(longest).minus(SLACK), now)
                    .ifPresentOrElse(
                            at -> drive.termCame(Duration.between(at, now)),
                            () -> signalledFor.ifPresent(drive::termWentOut));
        }
    }

    /** One from before there was a reason isn't ours. */
    private Optional<Instant> lastTerm(Instant since, Instant now) {
        return drive.insistently(() -> engine.eventsOf(container, since, now)).stream()
                .filter(event -> event instanceof Signalled signalled
                        && signalled.signal().equals(StopSignals.TERM))
                .map(ContainerEvent::at)
                .filter(at -> !at.isAfter(now))
                .reduce((earlier, later) -> later);
    }

    /** By the engine's clock alone. */
    private Duration timeLeft(ContainerState running) {
        Duration ran = running.startedAt()
                .map(at -> Duration.between(at, drive.insistently(engine::now)))
                .orElse(Duration.ZERO);
        return timeout().minus(ran.isNegative() ? Duration.ZERO : ran);
    }

    /** The start of a run that is over in a blink is stored with its end. */
    private boolean takeIn(OutputFeed attach) {
        drive.limitTo(timeout());
        try {
            if (attach.await(BLINK) == OutputFeed.State.FLOWING) {
                look().ifPresent(this::noteStart);
            }
            return intake.live(attach);
        } finally {
            attach.close();
        }
    }

    private void noteStart(ContainerState state) {
        if (drive.run().startedAt().isEmpty()) {
            state.startedAt().ifPresent(at -> drive.advance(new RunEvent.Started(at)));
        }
    }

    /** The output has ended; the exit follows soon, unless the engine is gone or the container has closed its output. */
    private Optional<ContainerState> awaitExit() {
        long deadline = System.nanoTime() + EXIT_AFTER_OUTPUT.toNanos();
        while (true) {
            drive.attend();
            Optional<ContainerState> state = look();
            boolean over = state.isEmpty() || state.get().phase() == Phase.EXITED;
            if (over || System.nanoTime() - deadline > 0) {
                return state;
            }
            engine.awaitExit(container, EXIT_LOOK);
        }
    }

    private Optional<ContainerState> look() {
        return drive.insistently(() -> {
            lookedAt = System.nanoTime();
            return engine.inspect(container);
        });
    }

    /**
     * An attach ends the same when the engine dies; what was written after that is in the engine's log alone. What a container
     * writes last while its engine is away is nowhere: it waits in a pipe that goes with the container.
     */
    private Conclusion conclude(ContainerState exited, Feed feed) {
        drive.signalNoMore();
        Findings findings = autopsy.of(drive, exited);
        boolean complete = switch (isLost(findings.outcome()) ? Feed.IN_DOUBT : feed) {
            case WHOLE -> storeTheRest();
            case IN_DOUBT -> intake.reread() && findings.endSeen();
        };
        return new Conclusion(findings.outcome(), exited.startedAt(), exited.finishedAt(), complete);
    }

    private static boolean isLost(Outcome outcome) {
        return outcome.failure()
                .map(failure -> failure.code() == FailureCode.CONTAINER_LOST)
                .orElse(false);
    }

    private boolean storeTheRest() {
        runLog.flush();
        return runLog.isGapless();
    }

    private Conclusion vanished() {
        runLog.flush();
        Outcome lost =
                Outcome.failed(FailureCode.CONTAINER_LOST, "The container was removed before its end was known.");
        return Conclusion.withoutKnowledge(lost);
    }

    /** What one attach from before the start on has brought. */
    private enum Feed {
        WHOLE,
        IN_DOUBT
    }
}
