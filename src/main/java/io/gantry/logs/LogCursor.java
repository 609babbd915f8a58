package io.gantry.logs;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Walks over the selected bytes of a log, forwards or backwards, holding a page of chunks at most. */
final class LogCursor {

    private static final int NARROWEST = 32;
    private static final int WIDEST = 4096;

    private final LogPageStore pages;
    private final StoredLog log;
    private final LogSelection selection;
    private final Direction direction;
    private final Deque<LogChunk> page = new ArrayDeque<>();
    private int width = NARROWEST;
    private long seq;
    private long logOffset;
    private long skip;
    private long remaining;

    private enum Direction {
        FORWARDS,
        BACKWARDS
    }

    private LogCursor(LogPageStore pages, StoredLog log, LogSelection selection, Direction direction, LogPlace start) {
        this.pages = pages;
        this.log = log;
        this.selection = selection;
        this.direction = direction;
        this.seq = start.seq();
        this.logOffset = start.offsets().total();
        this.remaining = selection.length();
    }

    static LogCursor forwards(LogPageStore pages, StoredLog log, LogSelection selection) {
        return range(pages, log, selection, 0, selection.length());
    }

    /** Over so many of the selected bytes, after having skipped some of them. */
    static LogCursor range(LogPageStore pages, StoredLog log, LogSelection selection, long skip, long count) {
        LogPlace start = new ChunkSearch(pages, log).holding(selection, skip);
        LogCursor cursor = new LogCursor(pages, log, selection, Direction.FORWARDS, start);
        cursor.skip = skip - selection.before(start.offsets());
        cursor.remaining = count;
        return cursor;
    }

    /** From the last selected byte to the first; the bytes within a slice are in their own order all the same. */
    static LogCursor backwards(LogPageStore pages, StoredLog log, LogSelection selection) {
        long length = selection.length();
        LogPlace start = new ChunkSearch(pages, log).first(chunk -> selection.before(chunk.start(log.end())) >= length);
        return new LogCursor(pages, log, selection, Direction.BACKWARDS, start);
    }

    /** The next selected bytes, at least one; empty when there are no more. */
    Optional<LogSlice> next() {
        while (remaining > 0) {
            Optional<LogSlice> slice = selection.slice(nextChunk()).map(this::skipped);
            if (slice.isPresent() && slice.get().length() > 0) {
                LogSlice limited = slice.get().limit(remaining);
                remaining -= limited.length();
                return Optional.of(limited);
            }
        }
        return Optional.empty();
    }

    private LogSlice skipped(LogSlice slice) {
        LogSlice rest = slice.skip(skip);
        skip -= slice.length() - rest.length();
        return rest;
    }

    private LogChunk nextChunk() {
        if (page.isEmpty()) {
            page.addAll(fetch());
            width = Math.max(NARROWEST, Math.min(WIDEST, 2 * page.size()));
        }
        LogChunk chunk = page.pollFirst();
        if (chunk == null) {
            throw log.gone();
        }
        return chunk;
    }

    private List<LogChunk> fetch() {
        List<LogChunk> chunks = direction == Direction.FORWARDS ? fetchAfter() : fetchBefore();
        if (!chunks.isEmpty()) {
            LogChunk last = chunks.get(chunks.size() - 1);
            seq = direction == Direction.FORWARDS ? last.seq() + 1 : last.seq();
            logOffset = direction == Direction.FORWARDS ? last.logOffset() + last.length() : last.logOffset();
        }
        return chunks;
    }

    private List<LogChunk> fetchAfter() {
        long last = Math.min(log.chunks(), seq - 1 + width);
        return pages.listAfter(log.run(), seq - 1, logOffset, last, selection.streams());
    }

    private List<LogChunk> fetchBefore() {
        return pages.listBefore(log.run(), seq, logOffset, Math.max(1, seq - width), selection.streams());
    }
}
