package io.gantry.task;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** Tells when a run is over: what tasks need to let a client wait. */
public interface RunEnd {

    /** Completes when the run is over, or gone, or the time is up; never exceptionally. */
    CompletionStage<Void> whenOver(UUID run, Duration atMost);
}
