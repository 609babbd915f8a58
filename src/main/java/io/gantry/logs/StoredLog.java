package io.gantry.logs;

import io.gantry.run.RunId;

/**
 * A run's log as it was stored at one moment; it may have grown since, but this much of it never changes.
 *
 * @param chunks how many there are; they are numbered from 1
 * @param end the place after the last one
 */
record StoredLog(RunId run, long chunks, StreamOffsets end) {

    LogPlace endPlace() {
        return new LogPlace(chunks + 1, end);
    }

    LogPlace placeOf(LogChunk chunk) {
        return new LogPlace(chunk.seq(), chunk.start(end));
    }
}
