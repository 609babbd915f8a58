package io.gantry.logs;

import io.gantry.logs.LogEnd.CapState;
import io.gantry.logs.LogEnd.LineState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Output that waits for its commit: frames of one stream joined to chunks, bounded in memory, cut at the cap. For one
 * thread at a time.
 */
final class PendingChunks {

    /** Frames that arrive later than this after the first one go into a chunk of their own, with their own time. */
    static final Duration SPAN = Duration.ofMillis(100);

    static final int CHUNK = 64 * 1024;
    static final int BATCH = 1024 * 1024;
    private static final int BATCH_CHUNKS = 4096;
    /** What a chunk of any length takes besides its bytes, roughly. */
    private static final int OVERHEAD = 128;

    private final int capacity;
    private final LogCap cap;
    private final Deque<PendingChunk> chunks = new ArrayDeque<>();
    private long payload;
    private Instant lastAt;
    private LineState line;
    private CapState state;
    private int waiting;
    private int underway;

    PendingChunks(int capacity, LogCap cap, LogEnd end) {
        this.capacity = capacity;
        this.cap = cap;
        this.payload = end.offsets().stdout() + end.offsets().stderr();
        this.lastAt = end.at();
        this.line = end.line();
        this.state = end.state();
    }

    /**
     * Takes what there is room for; what lies above the cap counts as taken.
     *
     * @return how many bytes were taken, from the beginning
     */
    int add(LogStream stream, Instant now, byte[] bytes, int offset, int length) {
        if (state == CapState.CUT) {
            return length;
        }
        int room = Math.min(capacity - OVERHEAD - (waiting + underway), length);
        int taken = (int) Math.min(room, cap.bytes() - payload);
        if (taken > 0) {
            append(stream, now, bytes, offset, taken);
            payload += taken;
            line = LineState.after(bytes[offset + taken - 1]);
        }
        if (taken < length && payload >= cap.bytes()) {
            cut(now);
            return length;
        }
        return Math.max(taken, 0);
    }

    private void cut(Instant now) {
        byte[] mark = cap.mark(line);
        append(LogStream.MARK, now, mark, 0, mark.length);
        state = CapState.CUT;
    }

    private void append(LogStream stream, Instant now, byte[] bytes, int offset, int length) {
        lastAt = now.isAfter(lastAt) ? now : lastAt;
        int done = 0;
        while (done < length) {
            PendingChunk chunk = chunkFor(stream);
            int step = Math.min(length - done, CHUNK - chunk.length());
            chunk.append(bytes, offset + done, step);
            waiting += step;
            done += step;
        }
    }

    private PendingChunk chunkFor(LogStream stream) {
        PendingChunk last = chunks.peekLast();
        if (last != null
                && last.stream() == stream
                && last.length() < CHUNK
                && lastAt.isBefore(last.at().plus(SPAN))) {
            return last;
        }
        PendingChunk chunk = new PendingChunk(stream, lastAt);
        chunks.addLast(chunk);
        waiting += OVERHEAD;
        return chunk;
    }

    /** Takes out the oldest chunks, about a batch full; they fill the room until {@link #released}. */
    List<PendingChunk> takeBatch() {
        List<PendingChunk> batch = new ArrayList<>();
        int size = 0;
        while (!chunks.isEmpty() && size < BATCH && batch.size() < BATCH_CHUNKS) {
            PendingChunk chunk = chunks.removeFirst();
            batch.add(chunk);
            size += chunk.length() + OVERHEAD;
        }
        waiting -= size;
        underway += size;
        return batch;
    }

    /** The batch that was taken out is stored. */
    void released() {
        underway = 0;
    }

    /** Nothing waits, neither here nor in a batch that was taken out. */
    boolean isDone() {
        return chunks.isEmpty() && underway == 0;
    }

    boolean isEmpty() {
        return chunks.isEmpty();
    }

    boolean fillsBatch() {
        return waiting >= BATCH || chunks.size() >= BATCH_CHUNKS;
    }

    boolean isCut() {
        return state == CapState.CUT;
    }
}
