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
import io.gantry.task.PullPolicy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Makes sure that the engine has a run's image, pulling it as the task's policy says. */
final class Images {

    private static final Duration LOOK = Duration.ofMillis(100);

    private final ContainerEngine engine;
    private final SharedPulls pulls;
    private final InstantSource clock;

    Images(ContainerEngine engine, SharedPulls pulls, InstantSource clock) {
        this.engine = engine;
        this.pulls = pulls;
        this.clock = clock;
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
        ImageReference image = new ImageReference(drive.run().spec().image());
        PullPolicy policy = drive.run().spec().pullPolicy();
        while (true) {
            if (drive.isStopRequested()) {
                return new Missing(Outcome.cancelled());
            }
            try {
                Optional<ImageFacts> there = policy == PullPolicy.ALWAYS ? Optional.empty() : engine.findImage(image);
                if (there.isPresent()) {
                    return new Present(there.get());
                }
                return policy == PullPolicy.NEVER ? forbidden(image) : pull(drive, image);
            } catch (EngineUnavailable away) {
                drive.sitOut(away); // Then look again, unless the end was asked for: there is no container yet.
            }
        }
    }

    private static Result forbidden(ImageReference image) {
        return new Missing(Outcome.failed(
                FailureCode.IMAGE_NOT_FOUND,
                "The container engine doesn't have " + image.normalised() + ", and the task's pullPolicy is never."));
    }

    private Result pull(Drive drive, ImageReference image) {
        try (Pull pull = pulls.join(image)) {
            PullNote note = new PullNote(drive, clock);
            try {
                Result result = await(drive, pull, note);
                note.ended(pull.progress());
                return result;
            } catch (EngineUnavailable broken) {
                note.ended(pull.progress());
                throw broken;
            }
        }
    }

    private static Result await(Drive drive, Pull pull, PullNote note) {
        while (!drive.isStopRequested()) {
            note.goesOn(pull.progress());
            Optional<PullResult> result = pull.await(LOOK);
            if (result.isPresent()) {
                return of(result.get());
            }
        }
        return new Missing(Outcome.cancelled());
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
