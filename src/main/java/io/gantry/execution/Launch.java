package io.gantry.execution;

import io.gantry.engine.ContainerEngine;
import io.gantry.engine.ContainerId;
import io.gantry.engine.ContainerName;
import io.gantry.engine.ContainerState;
import io.gantry.engine.CreateResult;
import io.gantry.engine.EngineRefused;
import io.gantry.engine.EngineUnavailable;
import io.gantry.engine.ImageFacts;
import io.gantry.engine.OutputFeed;
import io.gantry.engine.RemoveResult;
import io.gantry.engine.StartError;
import io.gantry.engine.StartResult;
import io.gantry.run.FailureCode;
import io.gantry.run.Outcome;
import io.gantry.run.RunEvent;
import java.time.InstantSource;
import java.util.Optional;

/**
 * From a claimed run to a container that runs, with at most one start request in a container's life: it is sent once, after
 * the intent was committed; in doubt the engine is looked at, never asked again.
 */
final class Launch {

    private final ContainerEngine engine;
    private final Images images;
    private final ContainerPlans plans;
    private final EngineWatch watch;
    private final InstantSource clock;

    Launch(ContainerEngine engine, Images images, ContainerPlans plans, EngineWatch watch, InstantSource clock) {
        this.engine = engine;
        this.images = images;
        this.plans = plans;
        this.watch = watch;
        this.clock = clock;
    }

    /** One step further, whatever was done before, by whomever. */
    Step step(Drive drive, RunLog log) {
        return drive.run().containerId().isEmpty()
                ? prepare(drive, log)
                : recover(drive, new ContainerId(drive.run().containerId().get()));
    }

    private Step prepare(Drive drive, RunLog log) {
        Images.Result image = images.provide(drive);
        if (image instanceof Images.Missing missing) {
            removeLeftover(drive);
            return new Step.Over(Conclusion.withoutContainer(missing.outcome()));
        }
        ImageFacts facts = ((Images.Present) image).image();
        try {
            drive.advance(new RunEvent.CreationIntended(watch.identify().id(), facts.digest()));
            return switchOn(drive, log, engine.create(plans.of(drive.run(), facts)));
        } catch (EngineUnavailable away) {
            drive.sitOut(away);
            return new Step.Again(); // Unless the end was asked for meanwhile.
        } catch (EngineRefused refused) {
            return over(refusal(refused));
        }
    }

    private Step switchOn(Drive drive, RunLog log, CreateResult created) {
        if (created instanceof CreateResult.Created fresh) {
            return start(drive, log, fresh.container());
        }
        if (created instanceof CreateResult.NameTaken) {
            return clearName(drive);
        }
        return new Step.Again(); // The image vanished since it was looked for.
    }

    /** A container with our name that nobody intended to start is one that a former owner created. */
    private Step clearName(Drive drive) {
        Optional<ContainerState> there = drive.insistently(() -> engine.inspect(name(drive)));
        return there.isPresent() && !isCleared(drive, there.get())
                ? lost("Something other than this service has started the container " + name(drive) + ".")
                : new Step.Again();
    }

    private boolean isCleared(Drive drive, ContainerState there) {
        return there.phase() == ContainerState.Phase.CREATED && remove(drive, there.id()) != RemoveResult.STARTED;
    }

    private Step start(Drive drive, RunLog log, ContainerId container) {
        OutputFeed attach;
        try {
            attach = engine.attach(container, log.live());
        } catch (EngineUnavailable | EngineRefused e) {
            return new Step.Again(); // Nothing was started: create anew.
        }
        try {
            if (drive.isStopRequested()) {
                attach.close();
                return new Step.Again(); // Nothing was started, nor shall be.
            }
            drive.advance(new RunEvent.StartIntended(container.value(), clock.instant()));
            return started(drive, container, attach, engine.start(container));
        } catch (EngineUnavailable inDoubt) {
            attach.close();
            return new Step.Again();
        } catch (EngineRefused refused) {
            attach.close();
            return unlessItRuns(drive, container, over(refusal(refused)));
        } catch (RuntimeException e) {
            attach.close();
            throw e;
        }
    }

    private Step started(Drive drive, ContainerId container, OutputFeed attach, StartResult result) {
        if (result instanceof StartResult.Started) {
            return new Step.Underway(container, Optional.of(attach));
        }
        attach.close();
        return result instanceof StartResult.CannotStart cannot
                ? unlessItRuns(drive, container, over(cannotStart(cannot.detail())))
                : new Step.Again();
    }

    /** Whatever was said of a start: a container that runs runs. */
    private Step unlessItRuns(Drive drive, ContainerId container, Step otherwise) {
        return drive.insistently(() -> engine.inspect(container))
                .filter(state -> state.phase() != ContainerState.Phase.CREATED)
                .<Step>map(state -> new Step.Underway(container, Optional.empty()))
                .orElse(otherwise);
    }

    /** A start may have been sent: what is there says whether it arrived. */
    private Step recover(Drive drive, ContainerId container) {
        Optional<ContainerState> there = drive.insistently(() -> engine.inspect(container));
        if (there.isEmpty()) {
            return vanished();
        }
        ContainerState state = there.get();
        if (state.phase() != ContainerState.Phase.CREATED) {
            return new Step.Underway(container, Optional.empty());
        }
        if (state.startError().isPresent()) {
            return over(of(state.startError().get()));
        }
        return withdraw(drive, container);
    }

    /** Only a removal that the engine confirmed proves that the request won't be served, nor was at the last moment. */
    private Step withdraw(Drive drive, ContainerId container) {
        RemoveResult result = remove(drive, container);
        if (result == RemoveResult.ABSENT) {
            return vanished();
        }
        if (result == RemoveResult.REMOVED) {
            drive.advance(new RunEvent.StartWithdrawn());
        }
        return new Step.Again();
    }

    private RemoveResult remove(Drive drive, ContainerId container) {
        drive.requireOwnership();
        return drive.insistently(() -> engine.removeUnstarted(container));
    }

    /** Before a run ends without a start, nothing with its name may be left. */
    private void removeLeftover(Drive drive) {
        if (drive.run().engineId().isPresent()) {
            drive.insistently(() -> engine.inspect(name(drive))).ifPresent(state -> isCleared(drive, state));
        }
    }

    private static ContainerName name(Drive drive) {
        return ContainerPlans.name(drive.run().id());
    }

    private static Outcome of(StartError error) {
        return error.fault() == StartError.Fault.COMMAND
                ? cannotStart(error.detail())
                : Outcome.failed(FailureCode.ENGINE_ERROR, error.detail());
    }

    static Outcome refusal(EngineRefused refused) {
        return Outcome.failed(FailureCode.ENGINE_ERROR, String.valueOf(refused.getMessage()));
    }

    static Outcome cannotStart(String detail) {
        return Outcome.failed(FailureCode.COMMAND_NOT_FOUND, "The container could not start: " + detail);
    }

    private static Step vanished() {
        return lost("The container vanished after it was created; whether it ran isn't known.");
    }

    private static Step lost(String detail) {
        return new Step.Over(Conclusion.withoutKnowledge(Outcome.failed(FailureCode.CONTAINER_LOST, detail)));
    }

    private static Step over(Outcome outcome) {
        return new Step.Over(Conclusion.withoutContainer(outcome));
    }
}
