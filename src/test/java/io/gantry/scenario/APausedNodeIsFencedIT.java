package io.gantry.scenario;

import static io.gantry.scenario.DockerCommand.docker;
import static io.gantry.scenario.ScenarioAssertions.assertThat;
import static io.gantry.scenario.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gantry.database.TestDatabase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A node that stands still for longer than its silence is allowed to last, and then goes on. */
final class APausedNodeIsFencedIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Longer than a container without a live run is left alone. */
    private static final Duration LONG_ENOUGH_TO_SWEEP = Duration.ofSeconds(22);

    private static final String UNTIL_TOLD =
            "i=0; until [ -e /tmp/end ]; do i=$((i+1)); echo line $i of something; sleep 0.02; done; echo end";

    @RegisterExtension
    static final TestDatabase db = TestDatabase.migrated();

    @RegisterExtension
    final GantryProcess paused = GantryProcess.with(GantrySettings.aGantry().database(db));

    @RegisterExtension
    final GantryProcess other = GantryProcess.with(GantrySettings.aGantry().database(db));

    @BeforeEach
    void empty() {
        db.empty();
    }

    @Test
    void it_writes_signals_and_removes_nothing_of_what_another_took_over_and_takes_new_runs() throws Exception {
        GantryClient client = paused.start().client();
        String task = client.create(aTask().command(UNTIL_TOLD));
        String container = client.awaitRun(
                        task, run -> run.attribute("logBytes").asInt() > 0)
                .attribute("containerId")
                .asText();
        GantryClient survivor = other.start().client();
        String run = survivor.latestRunOf(task);

        try (ContainerEvents events = ContainerEvents.ofInstallation(installation())) {
            paused.pause();
            await().atMost(PATIENCE).until(() -> nodeOf(survivor, run), other.node()::equals);
            docker("exec", container, "touch", "/tmp/end");
            assertThat(survivor.awaitEnd(task))
                    .hasAttribute("status", "succeeded")
                    .hasAttribute("logComplete", true);
            assertThatLinesAreWhole(survivor.logOfTask(task));
            String busy = survivor.create(aTask().command(UNTIL_TOLD));
            String busyContainer =
                    survivor.awaitStart(busy).attribute("containerId").asText();
            List<String> stored = stored(run);

            paused.resume();
            await().atMost(PATIENCE).until(() -> paused.output().contains("run " + run + " has another owner now"));
            await().during(LONG_ENOUGH_TO_SWEEP)
                    .atMost(PATIENCE)
                    .until(() ->
                            DockerCommand.runningContainersOfNode(other.node()).contains(busyContainer));

            assertThat(stored(run)).isEqualTo(stored);
            assertThat(events.of(container)).containsOnlyOnce("die").doesNotContain("kill");
            assertThat(events.of(busyContainer)).containsExactly("create", "attach", "start");

            other.stop();
            await().atMost(PATIENCE).until(() -> nodeOf(client, client.latestRunOf(busy)), paused.node()::equals);
            assertThat(client.awaitEnd(client.create(aTask())))
                    .hasAttribute("status", "succeeded")
                    .hasAttribute("node", paused.node());
            docker("exec", busyContainer, "touch", "/tmp/end");
            assertThat(client.awaitEnd(busy))
                    .hasAttribute("status", "succeeded")
                    .hasAttribute("logComplete", true);
            assertThatLinesAreWhole(client.logOfTask(busy));
        }
    }

    private static void assertThatLinesAreWhole(String log) {
        List<String> lines = log.lines().toList();
        for (int i = 1; i < lines.size(); i++) {
            assertThat(lines.get(i - 1)).isEqualTo("line " + i + " of something");
        }
        assertThat(lines.get(lines.size() - 1)).isEqualTo("end");
    }

    private static String nodeOf(GantryClient client, String run) {
        return client.run(run).attribute("node").asText();
    }

    private static String installation() {
        return db.jdbi()
                .withHandle(handle -> handle.createQuery("select installation::text from ledger")
                        .mapTo(String.class)
                        .one());
    }

    /** The run's row and its chunks, each as text. */
    private static List<String> stored(String run) {
        return db.jdbi()
                .withHandle(handle -> handle.createQuery("""
                        select r::text from runs r where id = :run::uuid
                        union all
                        (select c::text from log_chunks c where run_id = :run::uuid order by seq)""")
                        .bind("run", run)
                        .mapTo(String.class)
                        .list());
    }
}
