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
            Optional<Result> result = policy == PullPolicy.ALWAYS ? Optional.empty() : look(drive, image);
            if (result.isEmpty()) {
                result = policy == PullPolicy.NEVER ? Optional.of(forbidden(image)) : pull(drive, image);
            }
            if (result.isPresent()) {
                return result.get();
            }
        }
    }

    private Optional<Result> look(Drive drive, ImageReference image) {
        return drive.patiently(() -> engine.findImage(image)).map(Present::new);
    }

    private static Result forbidden(ImageReference image) {
        return new Missing(Outcome.failed(
                FailureCode.IMAGE_NOT_FOUND,
                "The container engine doesn't have " + image.normalised() + ", and the task's pullPolicy is never."));
    }

    /** Empty when the engine went away in the middle: look again. */
    private Optional<Result> pull(Drive drive, ImageReference image) {
        try (Pull pull = drive.patiently(() -> pulls.join(image))) {
            PullNote note = new PullNote(drive, clock);
            Optional<Result> result = await(drive, pull, note);
            note.ended(pull.progress());
            return result;
        }
    }

    private static Optional<Result> await(Drive drive, Pull pull, PullNote note) {
        try {
            while (!drive.isStopRequested()) {
                note.goesOn(pull.progress());
                Optional<PullResult> result = pull.await(LOOK);
                if (result.isPresent()) {
                    return result.map(Images::of);
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
