package io.gantry.logs;

import java.time.Instant;
import java.util.Optional;

/**
 * Finds the bytes that a query selects. What it selects are whole lines, of each stream by itself: a line that the other
 * stream interrupts stays one line. A line belongs to the time of the chunk that holds its first byte.
 */
final class LogSelector {

    private final LogPageStore pages;

    LogSelector(LogPageStore pages) {
        this.pages = pages;
    }

    LogSelection select(StoredLog log, LogQuery query) {
        LogSelection selection = query.stream()
                .map(stream -> LogSelection.of(stream, 0, log.end().of(stream)))
                .orElseGet(() -> LogSelection.all(log.end()));
        if (query.since().isPresent()) {
            selection = since(log, selection, query.since().get());
        }
        if (query.until().isPresent()) {
            selection = until(log, selection, query.until().get());
        }
        Optional<Long> tail = query.tail();
        return tail.isPresent() ? new TailScan(pages, log, selection).last(tail.get()) : selection;
    }

    private LogSelection since(StoredLog log, LogSelection selection, Instant time) {
        LogPlace place = firstAt(log, time);
        LogSelection result = selection;
        for (LogStream stream : selection.streams()) {
            result = result.from(stream, lineStart(log, stream, place.offsets().of(stream)));
        }
        return result;
    }

    private LogSelection until(StoredLog log, LogSelection selection, Instant time) {
        LogPlace place = firstAt(log, time);
        LogSelection result = selection;
        for (LogStream stream : selection.streams()) {
            result = result.to(stream, lineStart(log, stream, place.offsets().of(stream)));
        }
        return result;
    }

    private LogPlace firstAt(StoredLog log, Instant time) {
        return new ChunkSearch(pages, log).first(chunk -> !chunk.at().isBefore(time));
    }

    /** Where the first line begins that begins at this offset of a stream or later. */
    private long lineStart(StoredLog log, LogStream stream, long offset) {
        if (offset == 0) {
            return 0;
        }
        LogSelection rest = LogSelection.of(stream, offset - 1, log.end().of(stream));
        LogCursor cursor = LogCursor.forwards(pages, log, rest);
        long passed = offset - 1;
        for (Optional<LogSlice> next = cursor.next(); next.isPresent(); next = cursor.next()) {
            LogSlice slice = next.get();
            for (int i = slice.offset(); i < slice.offset() + slice.length(); i++) {
                passed++;
                if (slice.endsLine(i)) {
                    return passed;
                }
            }
        }
        return passed;
    }
}
