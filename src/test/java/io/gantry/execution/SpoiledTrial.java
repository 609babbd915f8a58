package io.gantry.execution;

import io.dropwizard.util.Duration;
import io.gantry.database.Database;
import io.gantry.engine.docker.DockerConfiguration;
import io.gantry.engine.docker.DockerEngine;
import io.gantry.engine.docker.EngineCall;
import io.gantry.engine.docker.SpoiledAnswer;
import io.gantry.engine.docker.SpoilingProxy;
import io.gantry.engine.docker.SpoilingProxy.Moment;
import io.gantry.engine.docker.SpoilingProxy.Spoiling;
import io.gantry.engine.docker.TestDocker;
import io.gantry.logs.StoredLogs;
import io.gantry.queue.QueueStore;
import io.gantry.queue.QueuedRuns;
import io.gantry.run.FailureCode;
import io.gantry.run.Run;
import io.gantry.run.RunStatus;
import io.gantry.run.RunStore;
import io.gantry.task.TaskSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** One run on the machine's engine, one of whose answers is spoiled; gives what must not have come of it. */
final class SpoiledTrial implements Callable<List<String>> {

    private static final java.time.Duration LONG = java.time.Duration.ofSeconds(60);
    private static final String OUTPUT = "one\ntwo\n";
    /** What it is that claims, and another trial's claim must not come between. */
    private static final Object TURN = new Object();

    private final Database database;
    private final Spoiling spoiling;
    private final List<String> faults = new ArrayList<>();
    private final RunStore runs = new RunStore();

    SpoiledTrial(Database database, Spoiling spoiling) {
        this.database = database;
        this.spoiling = spoiling;
    }

    @Override
    public List<String> call() throws Exception {
        try (SpoilingProxy proxy = new SpoilingProxy();
                DockerEngine engine = engine(proxy)) {
            if (isAskedFirst()) {
                proxy.spoil(spoiling, 1);
            }
            Life life = new Life("node-" + spoiling, database, engine, ExecutionConfiguration.defaults());
            try {
                Run run = claimed(life);
                carryOut(run, life, proxy);
            } finally {
                life.ends();
            }
            life.failures().forEach(failure -> fault("threw " + failure));
            await("a connection was left behind", () -> proxy.openConnections() == 0);
        }
        return faults;
    }

    private boolean isAskedFirst() {
        return spoiling.call() == EngineCall.VERSION || spoiling.call() == EngineCall.INFO;
    }

    private static DockerEngine engine(SpoilingProxy proxy) {
        return DockerEngine.at(
                new DockerConfiguration(
                        proxy.host(),
                        Duration.seconds(2),
                        Duration.seconds(4),
                        Duration.seconds(5),
                        Duration.seconds(5),
                        List.of()),
                (call, took, answer) -> {});
    }

    private Run claimed(Life life) {
        synchronized (TURN) {
            new QueuedRuns(database, new QueueStore(database, runs, 2)).accept(spec());
            return life.claims();
        }
    }

    private TaskSpec spec() {
        String line = isCancelled() ? "echo one; sleep 60" : "echo one; sleep 0.4; echo two; exit 3";
        return ExecutionFixture.specWithGrace(line, java.time.Duration.ofSeconds(1));
    }

    private boolean isCancelled() {
        return spoiling.call() == EngineCall.KILL;
    }

    private void carryOut(Run run, Life life, SpoilingProxy proxy) {
        try {
            if (!isAskedFirst()) {
                bringAbout(proxy);
                proxy.spoil(spoiling, 1);
            }
            life.carries(run);
            if (isCancelled()) {
                await("it didn't begin", () -> logOf(run).equals("one\n"));
                life.cancels(run);
            }
            await("it never ended", () -> !now(run).isActive());
            await("the engine wasn't asked", () -> proxy.left() == 0);
            judge(now(run), proxy);
        } finally {
            try (DockerEngine engine = TestDocker.engine()) {
                engine.inspect(ContainerPlans.name(run.id())).ifPresent(state -> engine.remove(state.id()));
            }
        }
    }

    /** Some calls are made only when something has gone wrong before. */
    private void bringAbout(SpoilingProxy proxy) {
        if (spoiling.call() == EngineCall.LOGS) {
            proxy.spoil(new Spoiling(EngineCall.ATTACH, SpoiledAnswer.CUT_STREAM, Moment.UNASKED), 1);
        }
        if (spoiling.call() == EngineCall.WAIT) {
            proxy.spoil(new Spoiling(EngineCall.ATTACH, SpoiledAnswer.EMPTY_STREAM, Moment.UNASKED), 1);
        }
        if (spoiling.call() == EngineCall.REMOVE) {
            proxy.spoil(new Spoiling(EngineCall.START, SpoiledAnswer.NOTHING, Moment.UNASKED), 1);
        }
    }

    private void judge(Run run, SpoilingProxy proxy) {
        if (proxy.startsServed().size() > 1) {
            fault("was started twice: " + proxy.startsServed());
        }
        List<String> starts = proxy.requests().stream()
                .filter(request -> request.endsWith("/start"))
                .toList();
        if (starts.size() != starts.stream().distinct().count()) {
            fault("was asked to start twice: " + starts);
        }
        if (!isTrue(run)) {
            fault("ended as " + run.status() + " " + run.failure() + " " + run.exitCode());
        }
        String expected = isCancelled() ? "one\n" : OUTPUT;
        boolean whole = run.logComplete().orElse(false);
        if (whole && !proxy.startsServed().isEmpty() && !logOf(run).equals(expected)) {
            fault("calls this log complete: " + logOf(run));
        }
        if (!whole && !isOfWrongBytes() && !expected.startsWith(logOf(run))) {
            fault("has this log: " + logOf(run));
        }
        if (!whole && isUnharmed(run)) {
            fault("has an incomplete log for no reason: " + logOf(run));
        }
    }

    private boolean isTrue(Run run) {
        Optional<FailureCode> failure = run.failure().map(f -> f.code());
        if (isCancelled() && run.status() == RunStatus.CANCELLED) {
            return true;
        }
        if (failure.equals(Optional.of(FailureCode.EXIT_CODE))) {
            return run.exitCode().equals(Optional.of(3));
        }
        if (failure.equals(Optional.of(FailureCode.ENGINE_ERROR))) {
            return isRefused() && run.failure().orElseThrow().detail().contains("something broke");
        }
        return failure.equals(Optional.of(FailureCode.CONTAINER_LOST)) && isRemovedUnheard();
    }

    /** The engine itself said no, in its own form, to what then didn't happen. */
    private boolean isRefused() {
        return spoiling.answer() == SpoiledAnswer.ERROR_500
                && (spoiling.call() == EngineCall.CREATE
                        || spoiling.call() == EngineCall.FIND_IMAGE
                        || (spoiling.call() == EngineCall.START && spoiling.moment() == Moment.UNASKED));
    }

    /** Nobody can tell any more whether a container ran that is gone when its removal is asked for again. */
    private boolean isRemovedUnheard() {
        return spoiling.call() == EngineCall.REMOVE && spoiling.moment() == Moment.SERVED;
    }

    private boolean isOfWrongBytes() {
        return spoiling.call().streams() && spoiling.answer().isOfStreams();
    }

    /** Nothing that was said of its output was wrong. */
    private boolean isUnharmed(Run run) {
        return !isOfWrongBytes()
                && spoiling.answer() != SpoiledAnswer.ERROR_500
                && run.failure().map(f -> f.code() == FailureCode.EXIT_CODE).orElse(false);
    }

    private Run now(Run run) {
        return database.<Optional<Run>>read(handle -> runs.find(handle, run.id()))
                .orElseThrow();
    }

    private String logOf(Run run) {
        return new String(new StoredLogs(database).everything(run.id()), StandardCharsets.UTF_8);
    }

    private void await(String otherwise, Callable<Boolean> condition) {
        try {
            Awaitility.await().atMost(LONG).until(condition);
        } catch (ConditionTimeoutException e) {
            fault(otherwise);
        }
    }

    private void fault(String what) {
        faults.add(spoiling.call() + " " + spoiling.answer() + " " + spoiling.moment() + " " + what);
    }
}
