package io.gantry.logs;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stored piece of one stream. Committed chunks and their offsets never change.
 *
 * @param seq counts from 1 within the run
 * @param at when its first byte arrived; never earlier than the chunk before
 * @param logOffset offset of the first byte in the whole log
 * @param streamOffset offset of the first byte among the bytes of its stream
 * @param bytes absent where they weren't asked for
 */
@SuppressWarnings("ArrayRecordComponent") // passed along, never compared
record LogChunk(
        long seq,
        LogStream stream,
        Instant at,
        long logOffset,
        long streamOffset,
        int length,
        byte @Nullable [] bytes) {

    /**
     * The place where the chunk begins. A mark comes after everything else, so its own offset can't tell how the bytes
     * before it are divided between the streams.
     *
     * @param end the place where the log ends
     */
    StreamOffsets start(StreamOffsets end) {
        return switch (stream) {
            case STDOUT -> new StreamOffsets(streamOffset, logOffset - streamOffset, 0);
            case STDERR -> new StreamOffsets(logOffset - streamOffset, streamOffset, 0);
            case MARK -> end.with(LogStream.MARK, streamOffset);
        };
    }

    LogChunk with(byte @Nullable [] content) {
        return new LogChunk(seq, stream, at, logOffset, streamOffset, length, content);
    }

    /** Whether a line ends at this byte: a mark is one line, whatever it holds. */
    static boolean endsLine(LogStream stream, byte[] bytes, int index) {
        return bytes[index] == '\n' && (stream != LogStream.MARK || index == bytes.length - 1);
    }
}
