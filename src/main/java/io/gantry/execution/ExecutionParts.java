package io.gantry.execution;

import io.gantry.database.Database;
import io.gantry.engine.ContainerEngine;
import io.gantry.engine.ContainerPlan.LogRetention;
import io.gantry.invariant.Rule;
import io.gantry.logs.Logs;
import io.gantry.queue.Claims;
import io.gantry.queue.OwnerReturn;
import io.gantry.queue.QueueStore;
import io.gantry.queue.Turns;
import io.gantry.run.RunControl;
import io.gantry.run.RunStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Puts the parts of this package together. */
public final class ExecutionParts {

    private static final Duration STRAY_GRACE = Duration.ofSeconds(15);

    private final Cleaner cleaner;
    private final Execution execution;
    private final ExecutionListener listener;
    private final ContainerEngine engine;
    private final String installation;

    /**
     * The parts, not yet at work.
     *
     * @param installation an id kept in the database, by which containers are told apart from others'
     */
    public ExecutionParts(
            Database database,
            RunStore runs,
            ContainerEngine engine,
            EngineWatch watch,
            Logs logs,
            Settings settings,
            UUID installation,
            InstantSource clock,
            ExecutionListener listener) {
        this.listener = listener;
        this.engine = engine;
        this.installation = installation.toString();
        this.cleaner = new Cleaner(engine, installation.toString(), STRAY_GRACE, listener);
        ContainerPlans plans = new ContainerPlans(
                installation.toString(), settings.configuration().capabilities(), settings.retention());
        Launch launch = new Launch(engine, new Images(engine, new SharedPulls(engine), clock), plans, watch, clock);
        Autopsy autopsy = new Autopsy(engine, new Verdict(), Map.of(ContainerPlans.INSTALLATION, this.installation));
        this.execution = new Execution(
                database,
                runs,
                engine,
                launch,
                logs,
                settings.retention().bytes(),
                autopsy,
                cleaner,
                clock,
                listener::ended);
    }

    /** What the operator decides. */
    public record Settings(ExecutionConfiguration configuration, LogRetention retention) {}

    public Execution execution() {
        return execution;
    }

    /** What must hold of the containers. */
    public Rule containersRule(QueueStore queue) {
        return new ContainersRule(engine, installation, queue).rule();
    }

    /** Ends runs on request. */
    public RunControl control(QueueStore queue) {
        return new StopControl(queue, execution, listener::ended);
    }

    /**
     * What keeps things going.
     *
     * @param housekeeping what else is to be done every second, cheap when there is nothing to do; no part hinders another
     */
    public Reconciler reconciler(
            Claims claims, Turns turns, QueueStore queue, OwnerReturn ownerReturn, List<Runnable> housekeeping) {
        return new Reconciler(claims, turns, queue, cleaner, ownerReturn, listener, housekeeping);
    }
}
