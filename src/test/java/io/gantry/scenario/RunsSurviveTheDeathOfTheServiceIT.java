package io.gantry.scenario;

import static io.gantry.scenario.ScenarioAssertions.assertThat;
import static io.gantry.scenario.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.database.TestDatabase;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class RunsSurviveTheDeathOfTheServiceIT {

    private static final String COUNT = "for i in $(seq %d); do echo line $i; sleep 0.05; done; printf end";

    @RegisterExtension
    static final TestDatabase database = TestDatabase.migrated();

    @RegisterExtension
    final GantryProcess gantry = GantryProcess.with(GantrySettings.aGantry().database(database));

    @BeforeEach
    void empty() {
        database.empty();
    }

    @Test
    void killed_in_the_middle_it_adopts_its_containers_and_no_byte_is_lost_or_repeated() {
        GantryClient client = gantry.start().client();
        String first = client.create(aTask().command(COUNT.formatted(200)));
        String second = client.create(aTask().command(COUNT.formatted(200) + "; exit 3"));
        List<String> waiting = IntStream.range(0, 3)
                .mapToObj(i -> client.create(aTask().named("waiting " + i)))
                .toList();
        String container = client.awaitRun(first, r -> r.attribute("logBytes").asInt() > 100)
                .attribute("containerId")
                .asText();
        client.awaitStart(second);

        gantry.kill();
        gantry.start();

        assertThat(client.awaitEnd(first))
                .hasAttribute("status", "succeeded")
                .hasAttribute("containerId", container)
                .hasAttribute("logComplete", true);
        assertThat(client.awaitEnd(second)).hasAttribute("status", "failed").hasAttribute("exitCode", 3);
        assertThat(client.logOfTask(first)).isEqualTo(counted(200));
        assertThat(client.logOfTask(second)).isEqualTo(counted(200));
        waiting.forEach(task -> assertThat(client.awaitEnd(task)).hasAttribute("status", "succeeded"));
        List<Instant> claims = client.get("/runs?sort=queuedAt").attributes("claimedAt").stream()
                .map(Instant::parse)
                .toList();
        assertThat(claims).hasSize(5).isSorted();
    }

    @Test
    void a_container_that_ended_while_the_service_was_dead_keeps_its_true_end_and_its_log() {
        GantryClient client = gantry.start().client();
        String task = client.create(aTask().command("echo before; sleep 2; echo after >&2; exit 4"));
        client.awaitRun(task, r -> r.attribute("logBytes").asInt() > 0);

        gantry.kill();
        DockerCommand.awaitNoRunningContainerOfNode(gantry.node());
        gantry.start();

        assertThat(client.awaitEnd(task))
                .hasAttribute("status", "failed")
                .hasAttribute("failure.code", "exit-code")
                .hasAttribute("exitCode", 4)
                .hasAttribute("logComplete", true);
        assertThat(client.logOfTask(task)).isEqualTo("before\nafter\n");
    }

    @Test
    void a_graceful_stop_is_quick_and_leaves_containers_running() {
        GantryClient client = gantry.start().client();
        String task = client.create(aTask().command(COUNT.formatted(100)));
        client.awaitRun(task, r -> r.attribute("logBytes").asInt() > 0);

        long before = System.nanoTime();
        gantry.stop();
        assertThat(System.nanoTime() - before).as("nanoseconds to stop").isLessThan(10_000_000_000L);
        assertThat(DockerCommand.runningContainersOfNode(gantry.node())).hasSize(1);
        gantry.start();

        assertThat(client.awaitEnd(task)).hasAttribute("status", "succeeded").hasAttribute("logComplete", true);
        assertThat(client.logOfTask(task)).isEqualTo(counted(100));
    }

    private static String counted(int lines) {
        return IntStream.rangeClosed(1, lines).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining()) + "end";
    }
}
