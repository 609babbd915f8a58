package io.gantry.logs;

import java.time.Instant;

/**
 * Where a stored log ends, and so where its next chunk goes.
 *
 * @param chunks how many are stored, which is the last one's number
 * @param at when the last chunk arrived
 * @param state whether more can follow
 */
record LogEnd(long chunks, StreamOffsets offsets, Instant at, LineState line, CapState state) {

    static final LogEnd EMPTY = new LogEnd(0, StreamOffsets.ZERO, Instant.EPOCH, LineState.AT_START, CapState.BELOW);

    /** Whether the last byte ended a line. */
    enum LineState {
        AT_START,
        WITHIN;

        static LineState after(byte last) {
            return last == '\n' ? AT_START : WITHIN;
        }
    }

    /** Whether the log was cut at its cap: nothing follows then. */
    enum CapState {
        BELOW,
        CUT
    }
}
