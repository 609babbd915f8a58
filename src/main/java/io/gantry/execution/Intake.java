package io.gantry.execution;

import io.gantry.engine.ContainerEngine;
import io.gantry.engine.ContainerId;
import io.gantry.engine.ContainerState.Phase;
import io.gantry.engine.EngineRefused;
import io.gantry.engine.EngineUnavailable;
import io.gantry.engine.Follow;
import io.gantry.engine.OutputFeed;
import io.gantry.logs.LogReplay;
import io.gantry.logs.LogReplay.Verdict;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes one container's output into its run's log, from the attach or from the engine's own log. */
final class Intake {

    private static final Logger log = LoggerFactory.getLogger(Intake.class);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration CONTAINER_LOOK = Duration.ofSeconds(3);
    /** How long a stream may be still although it has nothing to wait for. */
    private static final Duration STILL = Duration.ofSeconds(5);

    private static final Duration BACKOFF = Duration.ofMillis(500);

    private final ContainerEngine engine;
    private final Drive drive;
    private final RunLog runLog;
    private final ContainerId container;
    private long lookedAt = System.nanoTime();
    private boolean stopped;

    Intake(ContainerEngine engine, Drive drive, RunLog runLog, ContainerId container) {
        this.engine = engine;
        this.drive = drive;
        this.runLog = runLog;
        this.container = container;
    }

    /** Until the attach ends; false if it was given up or broke before. */
    boolean live(OutputFeed attach) {
        OutputFeed.State state = OutputFeed.State.FLOWING;
        while (state == OutputFeed.State.FLOWING) {
            attend();
            if (isStuck()) {
                return false;
            }
            if (runLog.isOverwhelmed()) {
                log.info(
                        "Run {}: storing its output can't keep up; it goes on from the engine's log",
                        drive.run().id());
                return false;
            }
            state = attach.await(LOOK);
        }
        return state == OutputFeed.State.ENDED;
    }

    /** Follows the engine's own log, from its beginning on, until the stream ends or is of no more use. */
    void catchUp() {
        LogReplay replay = runLog.replay();
        try (OutputFeed feed = drive.patiently(() -> engine.readLog(container, Follow.YES, replay))) {
            OutputFeed.State state = OutputFeed.State.FLOWING;
            while (state == OutputFeed.State.FLOWING && isOfUse(replay) && !isStuck()) {
                attend();
                state = feed.await(LOOK);
            }
        } catch (EngineRefused unreadable) {
            log.info(
                    "Run {}: the engine's log can't be followed: {}",
                    drive.run().id(),
                    unreadable.getMessage());
        }
    }

    /**
     * Reads the engine's own log once more when all is written: a follow can lose a last line without newline.
     *
     * @return whether the stored log is all that the container wrote
     */
    boolean reread() {
        while (true) {
            LogReplay replay = runLog.replay();
            Optional<OutputFeed.State> state = readToTheEnd(replay);
            Verdict verdict = runLog.finish(replay);
            if (state.isEmpty()) {
                return false;
            }
            if (isFinal(verdict) || (verdict != Verdict.UNFINISHED && state.get() == OutputFeed.State.ENDED)) {
                return verdict.isComplete();
            }
            drive.pause(BACKOFF);
        }
    }

    /** Reading again wouldn't show anything else. */
    private static boolean isFinal(Verdict verdict) {
        return verdict == Verdict.MISMATCH || verdict == Verdict.ROTATED;
    }

    /** Empty when there is nothing to read, as after a removal of the container by somebody else. */
    private Optional<OutputFeed.State> readToTheEnd(LogReplay replay) {
        Pulse pulse = new Pulse(replay);
        try (OutputFeed feed = drive.patiently(() -> engine.readLog(container, Follow.NO, pulse))) {
            OutputFeed.State state = OutputFeed.State.FLOWING;
            while (state == OutputFeed.State.FLOWING && replay.trouble().isEmpty() && !pulse.isStillFor(STILL)) {
                attend();
                state = feed.await(LOOK);
            }
            return Optional.of(state);
        } catch (EngineRefused unreadable) {
            log.warn("Run {}: the engine's log can't be read: {}", drive.run().id(), unreadable.getMessage());
            return Optional.empty();
        }
    }

    /** A replay that found the engine's log to differ stores nothing more, but the container must still be waited for. */
    private static boolean isOfUse(LogReplay replay) {
        return replay.trouble().map(Intake::isFinal).orElse(true);
    }

    /** A stream that goes on well after its container has stopped will never end. */
    private boolean isStuck() {
        if (System.nanoTime() - lookedAt < CONTAINER_LOOK.toNanos()) {
            return false;
        }
        lookedAt = System.nanoTime();
        boolean stoppedBefore = stopped;
        stopped = !mayRun();
        return stoppedBefore && stopped;
    }

    private boolean mayRun() {
        try {
            return engine.inspect(container)
                    .filter(state -> state.phase() == Phase.RUNNING)
                    .isPresent();
        } catch (EngineUnavailable | EngineRefused unknown) {
            return true;
        }
    }

    private void attend() {
        runLog.requireOwned();
        drive.attend();
    }
}
