package io.gantry.logs;

import java.time.Instant;

/**
 * A line of one stream with its newline, or a piece of a long one, or a last one without newline.
 *
 * @param at when its first byte arrived
 * @param logOffset offset of its first byte in the whole log
 * @param bytes reused once the line was taken
 * @param position whether it continues a piece
 */
@SuppressWarnings("ArrayRecordComponent") // passed along, never compared
record LogLine(LogStream stream, Instant at, long logOffset, byte[] bytes, int offset, int length, Position position) {

    /** Whether a line begins here, or only another piece of it. */
    enum Position {
        BEGINS,
        CONTINUES
    }
}
