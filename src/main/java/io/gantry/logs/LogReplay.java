package io.gantry.logs;

import io.gantry.engine.OutputSink;
import io.gantry.engine.OutputStreamName;
import io.gantry.logs.LogWriter.Flushed;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Continues a log from what the engine's own one holds, read from its beginning: what is already stored is compared,
 * stream by stream, and only what comes after it is passed to the writer. Once something doesn't fit, nothing more is
 * stored. One replay is for one reading.
 */
public final class LogReplay implements OutputSink {

    private static final Logger LOG = LoggerFactory.getLogger(LogReplay.class);

    /** What the engine's log takes for a frame besides its bytes, at most. */
    private static final int FRAME_OVERHEAD = 32;

    /** How long the reading waits for the storage; it holds up the engine's log, not the container. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final LogWriter writer;
    private final long retention;
    private final boolean cutBefore;
    private final StoredBytes stdout;
    private final StoredBytes stderr;
    private long read;
    private volatile Optional<Verdict> trouble = Optional.empty();

    LogReplay(LogWriter writer, LogPageStore pages, StoredLog log, long retention) {
        this.writer = writer;
        this.retention = retention;
        this.cutBefore = writer.isCut();
        this.stdout = new StoredBytes(pages, log, LogStream.STDOUT);
        this.stderr = new StoredBytes(pages, log, LogStream.STDERR);
    }

    /** What a reading of the engine's log has shown. */
    public enum Verdict {
        /** All that the engine's log held is stored, and it held all that was stored before (or up to the cap). */
        WHOLE,
        /**
         * The engine's log is the beginning of what is stored. What is stored is right, it came from an attach, but
         * whether more was written after it can't be told.
         */
        SHORTER,
        /** The engine's log differs from what is stored. */
        MISMATCH,
        /** The engine's log is so long that it may have dropped its beginning. */
        ROTATED,
        /** The storage was too slow or away: read again, with another replay. */
        UNFINISHED,
        /** The run is no longer ours to write. */
        FENCED;

        /** Whether the log is complete when the container had exited before this reading began. */
        public boolean isComplete() {
            return this == WHOLE;
        }
    }

    @Override
    public void output(OutputStreamName stream, byte[] bytes, int offset, int length) {
        if (trouble.isPresent() || cutBefore) {
            return;
        }
        read += length + FRAME_OVERHEAD;
        if (read > retention && !writer.isCut()) {
            trouble = Optional.of(Verdict.ROTATED);
            return;
        }
        compareAndPass(stream == OutputStreamName.STDOUT ? stdout : stderr, stream, bytes, offset, length);
    }

    private void compareAndPass(StoredBytes known, OutputStreamName stream, byte[] bytes, int offset, int length) {
        int same = 0;
        while (same < length && !known.isExhausted()) {
            Optional<Integer> step = compare(known, bytes, offset + same, length - same);
            if (step.isEmpty()) {
                return;
            }
            same += step.get();
        }
        writer.output(stream, bytes, offset + same, length - same, PATIENCE);
        trouble = troubleOf(writer.state());
    }

    private Optional<Integer> compare(StoredBytes known, byte[] bytes, int offset, int length) {
        long start = System.nanoTime();
        Backoff backoff = new Backoff();
        while (System.nanoTime() - start < PATIENCE.toNanos()) {
            try {
                Optional<Integer> same = known.compare(bytes, offset, length);
                if (same.isEmpty()) {
                    trouble = Optional.of(Verdict.MISMATCH);
                }
                return same;
            } catch (RuntimeException e) {
                LOG.warn("The stored log can't be compared yet: {}", e.toString());
                backoff.pause();
            }
        }
        trouble = Optional.of(Verdict.UNFINISHED);
        return Optional.empty();
    }

    private static Optional<Verdict> troubleOf(LogWriter.State state) {
        return switch (state) {
            case OPEN -> Optional.empty();
            case OVERWHELMED, CLOSED -> Optional.of(Verdict.UNFINISHED);
            case FENCED -> Optional.of(Verdict.FENCED);
        };
    }

    /** What makes it pointless to read on, if anything does. */
    public Optional<Verdict> trouble() {
        return trouble;
    }

    /** The verdict, once the reading has ended by itself and its feed is closed; stores what is left to store. */
    public Verdict finish(Duration atMost) {
        Flushed flushed = writer.flush(atMost);
        if (flushed == Flushed.FENCED) {
            return Verdict.FENCED;
        }
        if (trouble.isPresent()) {
            return trouble.get();
        }
        if (flushed == Flushed.LATE) {
            return Verdict.UNFINISHED;
        }
        return cutBefore || (stdout.isExhausted() && stderr.isExhausted()) ? Verdict.WHOLE : Verdict.SHORTER;
    }
}
