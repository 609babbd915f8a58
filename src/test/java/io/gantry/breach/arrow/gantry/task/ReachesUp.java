package io.gantry.breach.arrow.gantry.task;

import io.gantry.breach.arrow.gantry.execution.Upstairs;

/** A task that knows of executions. */
record ReachesUp(Upstairs upstairs) {}
