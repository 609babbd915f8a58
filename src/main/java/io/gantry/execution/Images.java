package io.gantry.execution;

import io.gantry.engine.ContainerEngine;
import io.gantry.engine.EngineRefused;
import io.gantry.engine.EngineUnavailable;
import io.gantry.engine.ImageFacts;
import io.gantry.engine.ImageReference;
import io.gantry.engine.Pull;
import io.gantry.engine.PullResult;
import io.gantry.run.FailureCode;
import io.gantry.run.Outcome;
import java.time.Duration;
import java.util.Optional;

/** Makes sure that the engine has a run's image, pulling it if need be. */
final class Images {

    private static final Duration LOOK = Duration.ofMillis(100);

    private final ContainerEngine engine;

    Images(ContainerEngine engine) {
        this.engine = engine;
    }

    /** What came of it. */
    sealed interface Result {}

    record Present(ImageFacts image) implements Result {}

    /** There is no image, or the run's end was asked for meanwhile. */
    record Missing(Outcome outcome) implements Result {}

    Result provide(Drive drive) {
        try {
            return find(drive);
        } catch (EngineRefused refused) {
            return new Missing(Launch.refusal(refused));
        }
    }

    private Result find(Drive drive) {
        ImageReference reference = new ImageReference(drive.run().spec().image());
        while (true) {
            if (drive.isStopRequested()) {
                return new Missing(Outcome.cancelled());
            }
            Optional<ImageFacts> there = drive.patiently(() -> engine.findImage(reference));
            if (there.isPresent()) {
                return new Present(there.get());
            }
            Optional<Result> pulled = pull(drive, reference);
            if (pulled.isPresent()) {
                return pulled.get();
            }
        }
    }

    /** Empty when the engine went away in the middle: look again. */
    private Optional<Result> pull(Drive drive, ImageReference reference) {
        try (Pull pull = drive.patiently(() -> engine.pull(reference))) {
            while (!drive.isStopRequested()) {
                Optional<PullResult> result = pull.await(LOOK);
                if (result.isPresent()) {
                    return Optional.of(of(result.get()));
                }
            }
            return Optional.of(new Missing(Outcome.cancelled()));
        } catch (EngineUnavailable away) {
            return Optional.empty();
        }
    }

    private static Result of(PullResult result) {
        if (result instanceof PullResult.Pulled pulled) {
            return new Present(pulled.image());
        }
        if (result instanceof PullResult.NoSuchImage none) {
            return new Missing(Outcome.failed(FailureCode.IMAGE_NOT_FOUND, none.detail()));
        }
        return new Missing(Outcome.failed(FailureCode.IMAGE_PULL_FAILED, ((PullResult.PullFailed) result).detail()));
    }
}
