package io.gantry.logs;

import java.time.Instant;
import java.util.Arrays;

/** A chunk that is still growing. */
final class PendingChunk {

    private final LogStream stream;
    private final Instant at;
    private byte[] bytes = {};
    private int length;

    PendingChunk(LogStream stream, Instant at) {
        this.stream = stream;
        this.at = at;
    }

    void append(byte[] source, int offset, int count) {
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + count, Math.min(2 * bytes.length, PendingChunks.CHUNK)));
        }
        System.arraycopy(source, offset, bytes, length, count);
        length += count;
    }

    LogStream stream() {
        return stream;
    }

    Instant at() {
        return at;
    }

    int length() {
        return length;
    }

    byte[] bytes() {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }
}
