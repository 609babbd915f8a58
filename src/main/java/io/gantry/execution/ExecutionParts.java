package io.gantry.execution;

import io.gantry.database.Database;
import io.gantry.engine.ContainerEngine;
import io.gantry.engine.ContainerPlan.LogRetention;
import io.gantry.logs.Logs;
import io.gantry.queue.Claims;
import io.gantry.queue.QueueStore;
import io.gantry.queue.Turns;
import io.gantry.run.RunControl;
import io.gantry.run.RunId;
import io.gantry.run.RunStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Consumer;

/** Puts the parts of this package together. */
public final class ExecutionParts {

    private static final Duration STRAY_GRACE = Duration.ofSeconds(15);

    private final Cleaner cleaner;
    private final Execution execution;
    private final Consumer<RunId> onEnd;

    /**
     * The parts, not yet at work.
     *
     * @param installation an id kept in the database, by which containers are told apart from others'
     * @param onEnd told of each run of this process that is over, after the commit
     */
    public ExecutionParts(
            Database database,
            ContainerEngine engine,
            EngineWatch watch,
            Logs logs,
            Settings settings,
            UUID installation,
            InstantSource clock,
            Consumer<RunId> onEnd) {
        this.onEnd = onEnd;
        this.cleaner = new Cleaner(engine, installation.toString(), STRAY_GRACE);
        ContainerPlans plans =
                new ContainerPlans(installation.toString(), settings.configuration(), settings.retention());
        Launch launch = new Launch(engine, new Images(engine), plans, watch, clock);
        Autopsy autopsy =
                new Autopsy(engine, new Verdict(settings.configuration().memory()));
        this.execution = new Execution(
                database,
                new RunStore(),
                engine,
                launch,
                logs,
                settings.retention().bytes(),
                autopsy,
                cleaner,
                clock,
                onEnd);
    }

    /** What the operator decides. */
    public record Settings(ExecutionConfiguration configuration, LogRetention retention) {}

    public Execution execution() {
        return execution;
    }

    /** Ends runs on request. */
    public RunControl control(QueueStore queue) {
        return new StopControl(queue, execution, onEnd);
    }

    /**
     * What keeps things going.
     *
     * @param housekeeping what else is to be done every second, cheap when there is nothing to do
     */
    public Reconciler reconciler(Claims claims, Turns turns, QueueStore queue, Runnable housekeeping) {
        return new Reconciler(claims, turns, queue, cleaner, housekeeping);
    }
}
