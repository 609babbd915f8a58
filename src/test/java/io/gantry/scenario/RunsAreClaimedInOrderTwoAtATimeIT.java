package io.gantry.scenario;

import static io.gantry.scenario.ScenarioAssertions.assertThat;
import static io.gantry.scenario.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class RunsAreClaimedInOrderTwoAtATimeIT {

    @RegisterExtension
    static final GantryExtension gantry = GantryExtension.started();

    private final GantryClient client = gantry.client();

    @AfterEach
    void leave_nothing() {
        client.get("/tasks")
                .ids()
                .forEach(task -> assertThat(client.delete("/tasks/" + task)).hasStatus(204));
    }

    @Test
    void claims_follow_acceptance_and_never_more_than_two_run() {
        List<String> tasks = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            tasks.add(client.create(aTask().named("number " + i).command("sleep 0.3")));
        }
        Set<Integer> running = new TreeSet<>();
        await().atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    running.add(client.get("/runs?filter[status]=running")
                            .json()
                            .at("/meta/total")
                            .asInt());
                    running.add(
                            DockerCommand.runningContainersOfNode(gantry.node()).size());
                    return client.get("/runs?filter[status]=succeeded")
                                    .json()
                                    .at("/meta/total")
                                    .asInt()
                            == 8;
                });

        assertThat(running).allMatch(count -> count <= 2);
        List<String> claimed = client.get("/runs?sort=queuedAt").attributes("claimedAt");
        assertThat(claimed.stream().map(Instant::parse).toList()).isSorted().doesNotHaveDuplicates();
        assertThat(client.get("/runs?sort=queuedAt&include=task").relatedIds("task"))
                .isEqualTo(tasks);
    }

    @Test
    void those_who_wait_know_their_place_in_line() {
        String first = client.create(aTask().command("sleep 60"));
        String second = client.create(aTask().command("sleep 60"));
        client.awaitStart(first);
        client.awaitStart(second);
        String third = client.create(aTask());
        String fourth = client.create(aTask());

        assertThat(client.run(client.latestRunOf(third)))
                .hasAttribute("status", "queued")
                .hasAttribute("queuePosition", 1);
        assertThat(client.run(client.latestRunOf(fourth))).hasAttribute("queuePosition", 2);
        assertThat(client.get("/runs?filter[status]=queued&sort=queuedAt").relatedIds("task"))
                .containsExactly(third, fourth);

        client.cancelTask(first);
        client.cancelTask(second);
        client.awaitEnd(first);
        client.awaitEnd(second);
        client.awaitEnd(third);
        assertThat(client.awaitEnd(fourth)).hasAttribute("status", "succeeded");
    }
}
