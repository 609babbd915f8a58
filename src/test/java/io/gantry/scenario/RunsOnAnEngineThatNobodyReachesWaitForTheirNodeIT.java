package io.gantry.scenario;

import static io.gantry.scenario.ScenarioAssertions.assertThat;
import static io.gantry.scenario.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gantry.database.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two nodes share a database, and each has an engine of its own. */
final class RunsOnAnEngineThatNobodyReachesWaitForTheirNodeIT {

    private static final String COUNT = "for i in $(seq %d); do echo line $i; sleep 0.1; done";

    @RegisterExtension
    static final TestDatabase db = TestDatabase.migrated();

    @RegisterExtension
    static final PrivateDockerd engine = PrivateDockerd.started();

    @RegisterExtension
    final GantryProcess lost =
            GantryProcess.with(GantrySettings.aGantry().database(db).engine(engine));

    @RegisterExtension
    final GantryProcess patient = GantryProcess.with(GantrySettings.aGantry().database(db));

    @RegisterExtension
    final GantryProcess impatient =
            GantryProcess.with(GantrySettings.aGantry().database(db).ownerReturn("3s"));

    @BeforeEach
    void empty() {
        db.empty();
    }

    @Test
    void a_run_keeps_its_slot_until_its_node_is_back_and_the_others_go_on_beside_it() {
        GantryClient client = lost.start().client();
        String away = client.create(aTask().command(COUNT.formatted(250)));
        client.awaitStart(away);
        GantryClient other = patient.start().client();

        lost.kill();

        List<String> others = IntStream.range(0, 3)
                .mapToObj(i -> other.create(aTask().command("sleep 2")))
                .toList();
        others.forEach(task -> assertThat(other.awaitRun(task, run -> {
                    assertThat(other.get("/runs?filter[status]=running").ids()).hasSizeLessThanOrEqualTo(2);
                    return run.attribute("status").asText().equals("succeeded");
                }))
                .hasAttribute("node", patient.node()));
        assertThat(other.run(other.latestRunOf(away))).hasAttribute("status", "running");
        patient.awaitOutput("it keeps its slot until the node is back");

        lost.start();
        assertThat(other.awaitEnd(away))
                .hasAttribute("status", "succeeded")
                .hasAttribute("node", lost.node())
                .hasAttribute("logComplete", true);
        assertThat(other.logOfTask(away)).isEqualTo(counted(250));
    }

    @Test
    void after_the_configured_time_it_ends_as_lost_and_its_container_goes_when_the_node_is_back() {
        GantryClient client = lost.start().client();
        String task = client.create(aTask().command("echo begun; sleep 600"));
        String run =
                client.awaitRun(task, r -> r.attribute("logBytes").asInt() > 0).id();
        GantryClient other = impatient.start().client();

        lost.kill();

        assertThat(other.awaitEnd(task))
                .hasAttribute("status", "failed")
                .hasAttribute("failure.code", "container-lost")
                .hasAttribute(
                        "failure.detail",
                        "Its node " + lost.node() + " was gone for 3 s and no other reached its"
                                + " container engine. How its container ended, or whether it still runs, isn't known.")
                .hasAttribute("logComplete", false)
                .hasNull("exitCode");
        List<String> next =
                List.of(other.create(aTask().command("sleep 600")), other.create(aTask().command("sleep 600")));
        next.forEach(other::awaitStart);
        assertThat(engine.ids())
                .as("it may still run: the one exception to the limit")
                .hasSize(1);

        lost.start();
        await().atMost(Duration.ofSeconds(60)).until(() -> engine.ids("--all").isEmpty());
        lost.awaitOutput("belonged to no live run, and is removed");
        assertThat(lost.admin("/metrics").text()).contains("gantry_mended_total{what=\"stray-container\"} 1.0");
        assertThat(other.run(run)).hasAttribute("status", "failed").hasAttribute("logBytes", "begun\n".length());
        assertThat(other.logOfTask(task)).isEqualTo("begun\n");
        next.forEach(other::cancelTask);
        next.forEach(other::awaitEnd);
    }

    private static String counted(int lines) {
        return IntStream.rangeClosed(1, lines).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());
    }
}
