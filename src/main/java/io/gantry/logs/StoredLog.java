package io.gantry.logs;

import io.gantry.jsonapi.HttpProblem;
import io.gantry.problem.Problem;
import io.gantry.problem.ProblemException;
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

    /** The run was deleted while its log was being read: an answer that has begun must not look as if it were whole. */
    ProblemException gone() {
        return Problem.of(
                        HttpProblem.NOT_FOUND, "The log of run %s was deleted while it was being read.".formatted(run))
                .asException();
    }

    LogPlace placeOf(LogChunk chunk) {
        return new LogPlace(chunk.seq(), chunk.start(end));
    }
}
