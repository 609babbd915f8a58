package io.gantry;

import io.dropwizard.lifecycle.Managed;
import io.gantry.engine.docker.DockerEngine;
import io.gantry.execution.EngineWatch;
import io.gantry.execution.Execution;
import io.gantry.execution.Reconciler;
import io.gantry.invariant.Guard;
import io.gantry.node.Node;
import io.gantry.node.NodeNameTaken;
import io.gantry.problem.CannotStart;
import io.gantry.queue.Bell;
import io.gantry.queue.TurnTaker;
import io.gantry.queue.quartz.QuartzRetries;
import io.gantry.queue.quartz.QuartzTurns;
import io.gantry.run.RunEnds;
import io.gantry.run.RunId;
import java.util.function.Consumer;

/** What goes on besides requests, started and stopped in the right order. A stop leaves containers alone. */
record Background(
        Node node,
        EngineWatch engineWatch,
        RunEnds runEnds,
        QuartzTurns turns,
        QuartzRetries retryTimer,
        Consumer<RunId> retry,
        TurnTaker taker,
        Reconciler reconciler,
        Guard guard,
        Bell bell,
        Execution execution,
        DockerEngine engine)
        implements Managed {

    @Override
    public void start() throws Exception {
        try {
            node.join();
        } catch (NodeNameTaken taken) {
            throw new CannotStart(String.valueOf(taken.getMessage()));
        }
        engineWatch.start();
        runEnds.start();
        execution.start();
        turns.start(taker);
        retryTimer.start(retry);
        reconciler.start();
        guard.start();
    }

    @Override
    public void stop() throws Exception {
        runEnds.stop();
        turns.standBy();
        retryTimer.stop();
        bell.stop();
        guard.stop();
        reconciler.stop();
        execution.stop();
        turns.stop();
        engineWatch.stop();
        engine.close();
        node.leave();
    }
}
