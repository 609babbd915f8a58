package io.gantry.execution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gantry.database.Database;
import io.gantry.database.TestDatabase;
import io.gantry.engine.FakeContainer;
import io.gantry.engine.FakeEngine;
import io.gantry.engine.ImageReference;
import io.gantry.logs.FlakyDataSource;
import io.gantry.logs.StoredLogs;
import io.gantry.queue.QueueStore;
import io.gantry.queue.QueuedRuns;
import io.gantry.run.Failure;
import io.gantry.run.FailureCode;
import io.gantry.run.Run;
import io.gantry.run.RunStatus;
import io.gantry.run.RunStore;
import io.gantry.task.Command;
import io.gantry.task.PullPolicy;
import io.gantry.task.TaskSpec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A database and an engine in memory, and the lives of nodes that share them. After each test it is seen that no container
 * got two start requests and that no run's command was started twice, whatever the test did.
 */
final class ExecutionFixture implements BeforeEachCallback, AfterEachCallback {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final TestDatabase db;
    private final RunStore runs = new RunStore();
    private final List<Life> lives = new ArrayList<>();
    private FakeEngine engine = new FakeEngine();

    ExecutionFixture(TestDatabase db) {
        this.db = db;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        db.empty();
        engine = new FakeEngine();
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        for (Life life : lives) {
            life.ends();
            assertThat(life.failures()).isEmpty();
        }
        lives.clear();
        assertThat(engine.everMade())
                .as("no container is asked to start twice, in %s", engine.journal())
                .allMatch(container -> container.startRequests() <= 1);
        assertThat(startsByRun().values())
                .as("no run's command is started twice, in %s", engine.journal())
                .allMatch(starts -> starts <= 1);
    }

    FakeEngine engine() {
        return engine;
    }

    Life aLife() {
        return aLife("node");
    }

    Life aLife(String node) {
        return aLife(node, db.database());
    }

    /** A life whose connections to the database may break. */
    Life aLife(String node, FlakyDataSource line) {
        return aLife(node, new Database(line));
    }

    FlakyDataSource aBadLine() {
        return new FlakyDataSource(db.dataSource());
    }

    private Life aLife(String node, Database database) {
        Life life = new Life(node, database, engine, ExecutionConfiguration.defaults());
        lives.add(life);
        return life;
    }

    /** A task's first run, at the end of the line. */
    Run isAccepted() {
        return isAccepted("busybox");
    }

    Run isAccepted(String image) {
        return isAccepted(TaskSpec.of(image, new Command.Shell("work")));
    }

    /** A run with so much time between TERM and KILL. */
    Run isAcceptedWithGrace(Duration grace) {
        return isAccepted(specWithGrace("work", grace));
    }

    /** A run that may take so long. */
    Run isAcceptedWithTimeout(Duration timeout) {
        return isAccepted(new TaskSpec.Builder("busybox", new Command.Shell("work"))
                .timeout(timeout)
                .build());
    }

    static TaskSpec specWithGrace(String line, Duration grace) {
        return new TaskSpec.Builder("busybox", new Command.Shell(line))
                .stopGracePeriod(grace)
                .build();
    }

    private Run isAccepted(TaskSpec spec) {
        Database database = db.database();
        return new QueuedRuns(database, new QueueStore(database, runs, 2)).accept(spec);
    }

    /** A run that a life of its own has carried to its end. */
    Run isCarriedOut() throws Exception {
        return isCarriedOut("busybox");
    }

    Run isCarriedOut(String image) throws Exception {
        isAccepted(image);
        Life life = aLife();
        Run run = life.claims();
        life.carriesOut(run);
        return now(run);
    }

    Run isCarriedOut(String image, PullPolicy policy) throws Exception {
        isAccepted(new TaskSpec.Builder(image, new Command.Shell("work"))
                .pullPolicy(policy)
                .build());
        Life life = aLife();
        Run run = life.claims();
        life.carriesOut(run);
        return now(run);
    }

    static void assertFailed(Run run, FailureCode code) {
        assertThat(run.status()).isEqualTo(RunStatus.FAILED);
        assertThat(run.failure().map(Failure::code)).contains(code);
    }

    /** The run as it is stored now. */
    Run now(Run run) {
        return db.database()
                .<Optional<Run>>read(handle -> runs.find(handle, run.id()))
                .orElseThrow();
    }

    /** What the run's row says of its pull. */
    Optional<JsonNode> pullOf(Run run) {
        return db.jdbi()
                .withHandle(
                        handle -> handle.createQuery("select pull::text from runs where id = :id and pull is not null")
                                .bind("id", run.id().value())
                                .mapTo(String.class)
                                .findOne())
                .map(ExecutionFixture::json);
    }

    private static JsonNode json(String text) {
        try {
            return new JsonMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }

    /** The same, once there is something of this kind. */
    JsonNode awaitPull(Run run, Predicate<JsonNode> condition) {
        return Awaitility.await()
                .atMost(LONG)
                .until(() -> pullOf(run).filter(condition), Optional::isPresent)
                .orElseThrow();
    }

    void awaitImage(String image) {
        Awaitility.await()
                .atMost(LONG)
                .until(() -> engine.findImage(new ImageReference(image)).isPresent());
    }

    String logOf(Run run) {
        return new String(new StoredLogs(db.database()).everything(run.id()), StandardCharsets.UTF_8);
    }

    /** The container that the run has now. */
    FakeContainer containerOf(Run run) {
        return engine.container(nameOf(run));
    }

    boolean hasContainer(Run run) {
        return engine.find(nameOf(run)).isPresent();
    }

    static String nameOf(Run run) {
        return ContainerPlans.name(run.id()).value();
    }

    /** The container, once the run's command is under way. */
    FakeContainer awaitStart(Run run) {
        Awaitility.await()
                .atMost(LONG)
                .until(() ->
                        engine.find(nameOf(run)).map(FakeContainer::isRunning).orElse(false));
        return containerOf(run);
    }

    /** The run, once its end is stored. */
    Run awaitEnd(Run run) {
        Awaitility.await().atMost(LONG).until(() -> !now(run).isActive());
        return now(run);
    }

    void awaitLog(Run run, String log) {
        Awaitility.await().atMost(LONG).until(() -> logOf(run).equals(log));
    }

    /** Returns when somebody takes in what the container writes. */
    void awaitFollowers(FakeContainer container) {
        Awaitility.await().atMost(LONG).until(container::isFollowed);
    }

    /** Returns when somebody has found the engine that is down to be so. */
    void awaitVainQuestion(FakeEngine.Call call) {
        Awaitility.await().atMost(LONG).until(() -> engine.wasAskedInVain(call));
    }

    void awaitRemoval(Run run) {
        Awaitility.await().atMost(LONG).until(() -> !hasContainer(run));
    }

    /** How often a start request for the run was sent. */
    long startRequestsFor(Run run) {
        return engine.journal().stream()
                .filter(("start " + nameOf(run))::equals)
                .count();
    }

    /** How often the run's command was started. */
    int startsOf(Run run) {
        return startsByRun().getOrDefault(nameOf(run), 0);
    }

    private Map<String, Integer> startsByRun() {
        return engine.everMade().stream()
                .collect(Collectors.groupingBy(
                        c -> c.plan().name().value(), Collectors.summingInt(FakeContainer::starts)));
    }
}
