package io.gantry.logs;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** Reads stored logs, with a page of chunks in memory at most and no connection held while the client takes its time. */
final class LogReader {

    private final LogPageStore pages;

    LogReader(LogPageStore pages) {
        this.pages = pages;
    }

    /** The log as it is now: what is read of it later is this much, however it grows. */
    StoredLog open(LoggedRun run) {
        return new StoredLog(run.id(), run.chunks(), pages.offsetsAfter(run.id(), run.chunks()));
    }

    LogSelection select(StoredLog log, LogQuery query) {
        return new LogSelector(pages).select(log, query);
    }

    /** Writes so many of the selected bytes, after having skipped some of them. */
    void copy(StoredLog log, LogSelection selection, long skip, long count, OutputStream out) throws IOException {
        LogCursor cursor = LogCursor.range(pages, log, selection, skip, count);
        for (Optional<LogSlice> slice = cursor.next(); slice.isPresent(); slice = cursor.next()) {
            out.write(slice.get().bytes(), slice.get().offset(), slice.get().length());
        }
    }

    /** Passes on all selected lines. */
    void lines(StoredLog log, LogSelection selection, LineSink sink) throws IOException {
        Lines lines = new Lines(sink);
        LogCursor cursor = LogCursor.forwards(pages, log, selection);
        for (Optional<LogSlice> slice = cursor.next(); slice.isPresent(); slice = cursor.next()) {
            lines.add(slice.get());
        }
        lines.finish();
    }
}
