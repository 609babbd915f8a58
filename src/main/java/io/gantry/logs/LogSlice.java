package io.gantry.logs;

import java.time.Instant;

/**
 * Consecutive bytes of one chunk.
 *
 * @param logOffset offset of the first of them in the whole log
 * @param streamOffset offset of the first of them among the bytes of its stream
 */
@SuppressWarnings("ArrayRecordComponent") // passed along, never compared
record LogSlice(LogStream stream, Instant at, long logOffset, long streamOffset, byte[] bytes, int offset, int length) {

    LogSlice skip(long count) {
        int step = (int) Math.min(count, length);
        return new LogSlice(stream, at, logOffset + step, streamOffset + step, bytes, offset + step, length - step);
    }

    LogSlice limit(long count) {
        return new LogSlice(stream, at, logOffset, streamOffset, bytes, offset, (int) Math.min(count, length));
    }

    /** Whether a line ends with the byte at this index of the array. */
    boolean endsLine(int index) {
        return LogChunk.endsLine(stream, bytes, index);
    }
}
