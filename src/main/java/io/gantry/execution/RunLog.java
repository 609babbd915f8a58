package io.gantry.execution;

import io.gantry.engine.OutputSink;
import io.gantry.logs.LogReplay;
import io.gantry.logs.LogWriter;
import io.gantry.logs.LogWriter.Flushed;
import io.gantry.logs.Logs;
import io.gantry.problem.ProblemException;
import java.time.Duration;
import java.util.Optional;

/** One run's log in the hands of the drive that owns the run. */
final class RunLog implements AutoCloseable {

    private static final Duration SLICE = Duration.ofMillis(500);

    private final Logs logs;
    private final Drive drive;
    private final long retention;
    private final LogWriter writer;

    private RunLog(Logs logs, Drive drive, long retention, LogWriter writer) {
        this.logs = logs;
        this.drive = drive;
        this.retention = retention;
        this.writer = writer;
    }

    /** @param retention how many bytes the engine's own log surely holds */
    static RunLog open(Logs logs, Drive drive, long retention) {
        while (true) {
            try {
                LogWriter writer = logs.open(drive.run().id(), drive.run().epoch())
                        .orElseThrow(() -> new Fenced(drive.run().id()));
                return new RunLog(logs, drive, retention, writer);
            } catch (ProblemException away) {
                drive.pause(SLICE);
            }
        }
    }

    /** Takes output as it comes, from before the start of the container. */
    OutputSink live() {
        return writer;
    }

    /** Whether storing couldn't keep up, so that the engine must not be held up any longer: close the feed, replay later. */
    boolean isOverwhelmed() {
        return writer.state() == LogWriter.State.OVERWHELMED;
    }

    /** Nothing was dropped, from the empty log on. */
    boolean isGapless() {
        return writer.isGapless();
    }

    /** Takes the engine's own log from its beginning; waits until all that came before is stored. */
    LogReplay replay() {
        while (true) {
            drive.attend();
            requireOwned();
            Optional<LogReplay> replay = logs.replay(writer, retention, SLICE);
            if (replay.isPresent()) {
                return replay.get();
            }
        }
    }

    /** Returns when everything is stored. */
    void flush() {
        while (writer.flush(SLICE) != Flushed.ALL) {
            drive.attend();
            requireOwned();
        }
    }

    /** How a reading of the engine's log stands, once its feed is closed. */
    LogReplay.Verdict finish(LogReplay replay) {
        LogReplay.Verdict verdict = replay.finish(SLICE);
        if (verdict == LogReplay.Verdict.FENCED) {
            throw new Fenced(drive.run().id());
        }
        return verdict;
    }

    void requireOwned() {
        if (writer.state() == LogWriter.State.FENCED) {
            throw new Fenced(drive.run().id());
        }
    }

    @Override
    public void close() {
        writer.close();
    }
}
