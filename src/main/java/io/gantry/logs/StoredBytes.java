package io.gantry.logs;

import java.util.Arrays;
import java.util.Optional;

/** What is stored of one stream, read along with what the engine says it was. */
final class StoredBytes {

    private final LogCursor cursor;
    private long left;
    private Optional<LogSlice> slice = Optional.empty();

    StoredBytes(LogPageStore pages, StoredLog log, LogStream stream) {
        this.left = log.end().of(stream);
        this.cursor = LogCursor.forwards(pages, log, LogSelection.of(stream, 0, left));
    }

    /** Whether everything stored was compared. */
    boolean isExhausted() {
        return left == 0;
    }

    /**
     * Compares some of the bytes that come next, at least one unless everything stored was compared. Changes nothing when
     * it throws.
     *
     * @return how many of them are stored, or empty if something else is
     */
    Optional<Integer> compare(byte[] bytes, int offset, int length) {
        if (left == 0) {
            return Optional.of(0);
        }
        LogSlice stored = current();
        int step = Math.min(stored.length(), length);
        if (!Arrays.equals(bytes, offset, offset + step, stored.bytes(), stored.offset(), stored.offset() + step)) {
            return Optional.empty();
        }
        slice = Optional.of(stored.skip(step));
        left -= step;
        return Optional.of(step);
    }

    private LogSlice current() {
        if (slice.isEmpty() || slice.get().length() == 0) {
            slice = cursor.next();
        }
        return slice.orElseThrow();
    }
}
