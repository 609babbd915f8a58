package io.gantry.scenario;

import static io.gantry.scenario.DockerCommand.docker;
import static io.gantry.scenario.ScenarioAssertions.assertThat;
import static io.gantry.scenario.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gantry.database.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two nodes share a database and an engine. */
final class AKilledNodesRunsGoOnElsewhereIT {

    private static final Duration TAKEOVER = Duration.ofSeconds(10);
    private static final String COUNT = "for i in $(seq %d); do echo line $i; sleep 0.1; done";

    @RegisterExtension
    static final TestDatabase db = TestDatabase.migrated();

    @RegisterExtension
    final GantryProcess first = GantryProcess.with(GantrySettings.aGantry().database(db));

    @RegisterExtension
    final GantryProcess second = GantryProcess.with(GantrySettings.aGantry().database(db));

    @BeforeEach
    void empty() {
        db.empty();
    }

    @Test
    void its_containers_are_adopted_and_its_queue_goes_on_within_ten_seconds() {
        GantryClient client = first.start().client();
        String running = client.create(aTask().command(COUNT.formatted(200)));
        String ending = client.create(aTask().command("until [ -e /tmp/end ]; do sleep 0.1; done; echo end"));
        List<String> waiting = IntStream.range(0, 3)
                .mapToObj(i -> client.create(aTask().named("waiting " + i)))
                .toList();
        String container = client.awaitStart(running).attribute("containerId").asText();
        String other = client.awaitStart(ending).attribute("containerId").asText();
        GantryClient survivor = second.start().client();

        long killed = System.nanoTime();
        first.kill();
        docker("exec", other, "touch", "/tmp/end");

        String adopted = survivor.latestRunOf(running);
        String next = survivor.latestRunOf(waiting.get(0));
        awaitWithin(killed, () -> isOf(second, adopted));
        awaitWithin(killed, () -> isOf(second, next));
        assertThat(survivor.awaitEnd(running))
                .hasAttribute("status", "succeeded")
                .hasAttribute("containerId", container)
                .hasAttribute("logComplete", true);
        assertThat(survivor.logOfTask(running)).isEqualTo(counted(200));
        assertThat(survivor.awaitEnd(ending)).hasAttribute("status", "succeeded");
        assertThat(survivor.logOfTask(ending)).isEqualTo("end\n");
        waiting.forEach(task -> assertThat(survivor.awaitEnd(task))
                .hasAttribute("status", "succeeded")
                .hasAttribute("node", second.node()));
        assertThat(claims(survivor)).hasSize(5).isSorted();
    }

    @Test
    void a_node_with_nothing_to_do_takes_over_all_the_same() {
        GantryClient client = first.start().client();
        String task =
                client.create(aTask().command(COUNT.formatted(20) + "; until [ -e /tmp/end ]; do sleep 0.1; done"));
        String container = client.awaitStart(task).attribute("containerId").asText();
        GantryClient survivor = second.start().client();
        String run = survivor.latestRunOf(task);
        assertThat(node(first).at("/state").asText()).isEqualTo("alive");
        assertThat(node(first).at("/runs/0/id").asText()).isEqualTo(run);

        long killed = System.nanoTime();
        first.kill();

        awaitWithin(killed, () -> isOf(second, run));
        assertThat(node(first).at("/state").asText()).isEqualTo("silent");
        assertThat(node(first).at("/runs")).isEmpty();
        assertThat(node(second).at("/runs/0/id").asText()).isEqualTo(run);
        assertThat(node(second).at("/engine")).isEqualTo(engine());
        docker("exec", container, "touch", "/tmp/end");
        assertThat(survivor.awaitEnd(task)).hasAttribute("status", "succeeded").hasAttribute("logComplete", true);
        assertThat(survivor.logOfTask(task)).isEqualTo(counted(20));
    }

    private static void awaitWithin(long killed, Callable<Boolean> condition) {
        await().atMost(TAKEOVER.minusNanos(System.nanoTime() - killed))
                .pollInterval(Duration.ofMillis(100))
                .until(condition);
    }

    private static boolean isOf(GantryProcess node, String run) {
        return node.client().run(run).attribute("node").asText().equals(node.node());
    }

    /** How the survivor sees a node. */
    private JsonNode node(GantryProcess node) {
        for (JsonNode entry : second.admin("/nodes").json().path("nodes")) {
            if (entry.path("name").asText().equals(node.node())) {
                return entry;
            }
        }
        throw new AssertionError("no such node: " + second.admin("/nodes"));
    }

    private static JsonNode engine() {
        String id = docker("info", "--format", "{{.ID}} {{.Name}} {{.DockerRootDir}}");
        return new JsonMapper()
                .createObjectNode()
                .put("id", id)
                .put("reachable", true)
                .putNull("trouble");
    }

    private static List<Instant> claims(GantryClient client) {
        return client.get("/runs?sort=queuedAt").attributes("claimedAt").stream()
                .map(Instant::parse)
                .toList();
    }

    private static String counted(int lines) {
        return IntStream.rangeClosed(1, lines).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());
    }
}
