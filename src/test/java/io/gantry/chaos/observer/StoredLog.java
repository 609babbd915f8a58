package io.gantry.chaos.observer;

import java.util.List;

/**
 * A run's log as it lies in the tables, and as it was served.
 *
 * @param chunks in the order of their numbers
 */
public record StoredLog(List<Chunk> chunks, Bytes served) {

    public static final int STDOUT = 1;
    public static final int STDERR = 2;

    /**
     * One piece.
     *
     * @param offset of its first byte in the whole log
     * @param streamOffset of its first byte among the bytes of its stream
     */
    public record Chunk(long seq, int stream, long offset, long streamOffset, Bytes bytes) {}

    /** One stream's bytes. */
    public Bytes of(int stream) {
        return Bytes.joined(chunks.stream()
                .filter(chunk -> chunk.stream() == stream)
                .map(Chunk::bytes)
                .toList());
    }

    public Bytes all() {
        return Bytes.joined(chunks.stream().map(Chunk::bytes).toList());
    }
}
