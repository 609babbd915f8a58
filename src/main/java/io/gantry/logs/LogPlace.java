package io.gantry.logs;

/** The beginning of a chunk, or the end of a log as that of the chunk that would come next. */
record LogPlace(long seq, StreamOffsets offsets) {

    static final LogPlace FIRST = new LogPlace(1, StreamOffsets.ZERO);
}
