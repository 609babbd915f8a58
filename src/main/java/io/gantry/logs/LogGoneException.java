package io.gantry.logs;

import io.gantry.run.RunId;

/** A log was deleted while it was being read: the answer that has begun must not look as if it were whole. */
final class LogGoneException extends RuntimeException {

    LogGoneException(RunId run) {
        super("The log of run " + run + " was deleted while it was being read.");
    }
}
