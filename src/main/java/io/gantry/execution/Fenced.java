package io.gantry.execution;

import io.gantry.run.RunId;

/** Another owner has taken over the run: whoever meets this does nothing more about it. */
final class Fenced extends RuntimeException {

    Fenced(RunId run) {
        super("run " + run + " has another owner now");
    }
}
