package io.gantry.execution;

import io.gantry.database.Database;
import io.gantry.engine.ContainerEngine;
import io.gantry.engine.ContainerId;
import io.gantry.logs.Logs;
import io.gantry.problem.ProblemException;
import io.gantry.queue.Carrier;
import io.gantry.run.Run;
import io.gantry.run.RunEvent;
import io.gantry.run.RunId;
import io.gantry.run.RunStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries runs. Crash-only: taking over what another life left is the same code as beginning afresh, it looks at what is
 * there and goes on from that.
 */
public final class Execution implements Carrier {

    private static final Logger log = LoggerFactory.getLogger(Execution.class);

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final Database database;
    private final RunStore runs;
    private final ContainerEngine engine;
    private final Launch launch;
    private final Logs logs;
    private final long retention;
    private final Autopsy autopsy;
    private final Cleaner cleaner;
    private final InstantSource clock;
    private final Consumer<Run> onEnd;
    private final Halt halt = new Halt();
    private final Map<RunId, Drive> drives = new ConcurrentHashMap<>();

    Execution(
            Database database,
            RunStore runs,
            ContainerEngine engine,
            Launch launch,
            Logs logs,
            long retention,
            Autopsy autopsy,
            Cleaner cleaner,
            InstantSource clock,
            Consumer<Run> onEnd) {
        this.database = database;
        this.runs = runs;
        this.engine = engine;
        this.launch = launch;
        this.logs = logs;
        this.retention = retention;
        this.autopsy = autopsy;
        this.cleaner = cleaner;
        this.clock = clock;
        this.onEnd = onEnd;
    }

    /** To be called before anything is carried. */
    public void start() {
        autopsy.listen();
    }

    @Override
    public void carry(Run run) {
        Drive drive = new Drive(run, database, runs, engine, halt);
        drives.put(run.id(), drive);
        try (RunLog runLog = RunLog.open(logs, drive, retention)) {
            conclude(drive, runLog);
        } catch (Fenced fenced) {
            log.warn("{}", fenced.getMessage());
        } catch (Detached stopping) {
            release(drive);
        } finally {
            drives.remove(run.id(), drive);
        }
    }

    /** Something about a run may have changed in the database; cheap and harmless for any run. */
    public void nudge(RunId run) {
        Optional.ofNullable(drives.get(run)).ifPresent(Drive::nudge);
    }

    /** Containers that this process can't end; each keeps its run's slot. */
    public List<Undying> undying() {
        return drives.values().stream()
                .flatMap(drive -> drive.undying().stream())
                .toList();
    }

    /** Lets go of all runs; their containers go on. Returns when that is done, or after a few seconds. */
    public void stop() throws InterruptedException {
        halt.raise();
        long deadline = System.nanoTime() + STOP_PATIENCE.toNanos();
        while (!drives.isEmpty() && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private void conclude(Drive drive, RunLog runLog) {
        Conclusion conclusion = toTheEnd(drive, runLog);
        RunEvent ended = new RunEvent.Ended(
                conclusion.outcome(), conclusion.at().orElseGet(clock::instant), conclusion.logComplete());
        conclusion
                .startedAt()
                .filter(at -> drive.run().startedAt().isEmpty())
                .ifPresentOrElse(at -> drive.advance(new RunEvent.Started(at), ended), () -> drive.advance(ended));
        Run run = drive.run();
        onEnd.accept(run);
        log.info(
                "Run {} {}{}",
                run.id(),
                run.status(),
                run.failure().map(f -> ": " + f.code() + ", " + f.detail()).orElse(""));
        run.containerId().map(ContainerId::new).ifPresent(cleaner::removeSoon);
    }

    private Conclusion toTheEnd(Drive drive, RunLog runLog) {
        while (true) {
            Step step = launch.step(drive, runLog);
            if (step instanceof Step.Over over) {
                return over.conclusion();
            }
            if (step instanceof Step.Underway underway) {
                return new Following(engine, drive, runLog, underway.container(), autopsy).follow(underway.attach());
            }
            halt.pause(LOOK_AGAIN);
        }
    }

    private void release(Drive drive) {
        try {
            Run before = drive.run();
            Run after = before.on(new RunEvent.Released());
            database.inTransaction(handle -> runs.save(handle, before, after));
            log.info("Run {} let go; its container goes on", before.id());
        } catch (ProblemException away) {
            log.warn("Run {} couldn't be let go: {}", drive.run().id(), away.getMessage());
        }
    }
}
