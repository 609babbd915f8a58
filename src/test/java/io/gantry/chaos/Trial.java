package io.gantry.chaos;

import static org.awaitility.Awaitility.await;

import io.gantry.chaos.invariant.Checker;
import io.gantry.chaos.invariant.Checker.Finding;
import io.gantry.chaos.observer.History;
import io.gantry.chaos.observer.Observer;
import io.gantry.chaos.observer.RecordingClient;
import io.gantry.chaos.observer.Sample;
import io.gantry.chaos.observer.StoredLog;
import io.gantry.chaos.observer.Vitals;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/** One plan carried out while one thing goes wrong, watched and judged. */
final class Trial {

    private static final Duration CLEAN_WITHIN = Duration.ofMinutes(1);
    private static final Duration LOOK = Duration.ofMillis(50);

    private final Scene scene;
    private final Fault fault;
    private final long seed;
    private final Optional<Vitals> baseline;
    private final RecordingClient client = new RecordingClient();

    /** @param baseline what a service holds that was never in trouble; empty if that is to be found out */
    Trial(Scene scene, Fault fault, long seed, Optional<Vitals> baseline) {
        this.scene = scene;
        this.fault = fault;
        this.seed = seed;
        this.baseline = baseline;
    }

    /** What came of it. */
    record Result(
            String fault, long seed, Optional<History> history, List<Finding> findings, List<Recovery> recoveries) {}

    Result run() throws IOException, SQLException, InterruptedException {
        scene.begin();
        try {
            Optional<String> image = fault.wantsPull() ? Optional.of(scene.rareImage()) : Optional.empty();
            fault.prepare(scene);
            Result result = watched(Plan.of(seed, image, fault.lines(), fault.onTerm()));
            if (result.findings().isEmpty()) {
                clear();
            } else {
                scene.restore();
            }
            return result;
        } catch (Exception e) {
            String why = String.valueOf(e.getMessage()).lines().limit(2).collect(Collectors.joining(" "));
            Finding finding = new Finding("Trial", e.getClass().getSimpleName() + ": " + why);
            scene.restore();
            return new Result(fault.name(), seed, Optional.empty(), List.of(finding), List.of());
        }
    }

    private Result watched(Plan plan) throws Exception {
        Observer observer = new Observer(scene.subject());
        Driver driver = new Driver(client, scene::url, plan);
        try {
            Lookout lookout = new Lookout(observer);
            lookout.awaitEmptyTables();
            driver.start();
            fault.strike(scene, lookout);
            driver.awaitEnd();
            lookout.awaitIdle();
            History history = history(observer, plan);
            return new Result(fault.name(), seed, Optional.of(history), Checker.check(history), recoveries(history));
        } finally {
            driver.stop();
            observer.stop();
        }
    }

    private List<Recovery> recoveries(History history) {
        return Stream.concat(
                        Recovery.of(scene.lives(), history).stream(),
                        scene.returns().stream().map(back -> new Recovery(back, Optional.empty())))
                .toList();
    }

    private History history(Observer observer, Plan plan) throws Exception {
        List<Sample> samples = observer.samples();
        Map<UUID, StoredLog> logs = new Readings(observer, client)
                .of(samples.get(samples.size() - 1).runs(), url());
        Vitals end = vitals(observer);
        return new History(
                new History.Limits(Scene.SLOTS, Plan.TASKS),
                client.exchanges(),
                samples,
                observer.events(),
                observer.censuses(),
                logs,
                plan.truths(),
                scene.outages(),
                scene.engineOutages(),
                scene.subject().strangers(),
                baseline.orElse(end),
                end);
    }

    private Vitals vitals(Observer observer) throws IOException, SQLException {
        try {
            await().atMost(CLEAN_WITHIN)
                    .pollInterval(LOOK)
                    .until(() -> baseline.isEmpty()
                            || observer.isBackTo(baseline.get(), scene.service().pid()));
        } catch (ConditionTimeoutException late) {
            // Judged as it is.
        }
        return observer.vitals(scene.service().pid());
    }

    /** Leaves nothing for the next trial; isn't part of the history. */
    private void clear() throws IOException, SQLException, InterruptedException {
        RecordingClient cleaner = new RecordingClient();
        Observer observer = new Observer(scene.subject());
        try {
            for (UUID task : observer.samples().get(0).tasks()) {
                cleaner.send(url(), Driver.request("DELETE", task, ""));
            }
            new Lookout(observer).awaitEmptyTables();
        } finally {
            observer.stop();
        }
    }

    private URI url() {
        return scene.url().orElseThrow(() -> new IllegalStateException("the service isn't there"));
    }
}
