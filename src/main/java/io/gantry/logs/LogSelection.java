package io.gantry.logs;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What is selected of a log: of each stream one range of bytes, in the order in which they arrived. */
record LogSelection(StreamOffsets from, StreamOffsets to) {

    static LogSelection all(StreamOffsets end) {
        return new LogSelection(StreamOffsets.ZERO, end);
    }

    static LogSelection of(LogStream stream, long from, long to) {
        return new LogSelection(
                StreamOffsets.ZERO.with(stream, from), StreamOffsets.ZERO.with(stream, Math.max(from, to)));
    }

    LogSelection from(LogStream stream, long offset) {
        long bounded = Math.min(Math.max(offset, from.of(stream)), to.of(stream));
        return new LogSelection(from.with(stream, bounded), to);
    }

    LogSelection to(LogStream stream, long offset) {
        long bounded = Math.max(Math.min(offset, to.of(stream)), from.of(stream));
        return new LogSelection(from, to.with(stream, bounded));
    }

    long length() {
        return to.total() - from.total();
    }

    /** The streams of which something is selected. */
    List<LogStream> streams() {
        return Arrays.stream(LogStream.values())
                .filter(s -> to.of(s) > from.of(s))
                .toList();
    }

    /** How many selected bytes come before a place. */
    long before(StreamOffsets place) {
        return streams().stream().mapToLong(s -> within(s, place.of(s))).sum();
    }

    private long within(LogStream stream, long offset) {
        return Math.min(Math.max(offset, from.of(stream)), to.of(stream)) - from.of(stream);
    }

    /** What is selected of a chunk that was read with its bytes. */
    Optional<LogSlice> slice(LogChunk chunk) {
        byte[] bytes = chunk.bytes();
        if (bytes == null) {
            return Optional.empty();
        }
        long start = chunk.streamOffset();
        long first = Math.max(start, from.of(chunk.stream()));
        long last = Math.min(start + bytes.length, to.of(chunk.stream()));
        if (first >= last) {
            return Optional.empty();
        }
        int offset = (int) (first - start);
        return Optional.of(new LogSlice(
                chunk.stream(), chunk.at(), chunk.logOffset() + offset, first, bytes, offset, (int) (last - first)));
    }
}
