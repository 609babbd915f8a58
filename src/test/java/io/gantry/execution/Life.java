package io.gantry.execution;

import io.gantry.access.TestDeeds;
import io.gantry.database.Database;
import io.gantry.database.Ledger;
import io.gantry.engine.ContainerEngine;
import io.gantry.engine.ContainerPlan.LogRetention;
import io.gantry.logs.Logs;
import io.gantry.logs.LogsConfiguration;
import io.gantry.queue.QueueStore;
import io.gantry.run.Owner;
import io.gantry.run.Run;
import io.gantry.run.RunControl;
import io.gantry.run.RunId;
import io.gantry.run.RunStore;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** One life of a node: carries the runs that a test gives it, each on a thread of its own. */
final class Life {

    /** At least as many as a test carries at once. */
    static final int SLOTS = 4;

    private final Owner me;
    private final QueueStore queue;
    private final EngineWatch watch;
    private final Execution execution;
    private final RunControl control;
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final RecordedNews news = new RecordedNews();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    Life(String node, Database database, ContainerEngine engine, ExecutionConfiguration configuration) {
        InstantSource clock = InstantSource.system();
        LogsConfiguration logs = LogsConfiguration.defaults();
        this.me = new Owner(node, UUID.randomUUID());
        this.queue = new QueueStore(database, new RunStore(), SLOTS);
        this.watch = new EngineWatch(engine, () -> {});
        ExecutionParts parts = new ExecutionParts(
                database,
                new RunStore(),
                engine,
                watch,
                new Logs(database, logs, clock, bytes -> {}),
                new ExecutionParts.Settings(
                        configuration, new LogRetention(logs.limit().toBytes())),
                database.read(Ledger::installation),
                clock,
                news);
        this.execution = parts.execution();
        this.control = parts.control(queue);
        watch.start();
        Awaitility.await().until(() -> watch.current().isPresent());
    }

    /** Claims the first in line. */
    Run claims() {
        return queue.claimNext(me).orElseThrow();
    }

    /** Takes over what another life had, as it was last seen. */
    Run adopts(Run seen) {
        return queue.adopt(seen, me).orElseThrow();
    }

    /** Carries a run of its own on another thread. */
    Carrying carries(Run run) {
        return new Carrying(threads.submit(() -> {
            try {
                execution.carry(run);
            } catch (RuntimeException failure) {
                failures.add(failure);
            }
        }));
    }

    /** Carries a run of its own until it has left its hands. */
    void carriesOut(Run run) throws Exception {
        carries(run).awaitReturn();
    }

    /** What was thrown while runs were carried; nothing should be. */
    List<Throwable> failures() {
        return List.copyOf(failures);
    }

    Run cancels(Run run) {
        return control.cancel(run.id(), TestDeeds.by("test")).orElseThrow();
    }

    void nudges(Run run) {
        execution.nudge(run.id());
    }

    /** The runs of which this life has told that they are over, in order. */
    List<RunId> ended() {
        return news.ended();
    }

    /** Stops as the service does on SIGTERM. */
    void stops() throws InterruptedException {
        execution.stop();
    }

    /** The end of it, after which none of its threads is left. */
    void ends() throws InterruptedException {
        execution.stop();
        watch.stop();
        threads.shutdownNow();
    }

    /** A run in the hands of this life. */
    static final class Carrying {

        private final Future<?> work;

        Carrying(Future<?> work) {
            this.work = work;
        }

        /** Returns when the run has left the hands of this life, for whatever reason. */
        void awaitReturn() throws Exception {
            work.get(20, TimeUnit.SECONDS);
        }
    }
}
