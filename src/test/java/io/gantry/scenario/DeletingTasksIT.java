package io.gantry.scenario;

import static io.gantry.scenario.ClientRequest.request;
import static io.gantry.scenario.DockerCommand.containersOfRun;
import static io.gantry.scenario.GantrySettings.aGantry;
import static io.gantry.scenario.ScenarioAssertions.assertThat;
import static io.gantry.scenario.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class DeletingTasksIT {

    @RegisterExtension
    static final GantryExtension gantry = GantryExtension.with(aGantry().maxRunning(1));

    private final GantryClient client = gantry.client();

    @Test
    void a_deleted_task_is_gone_with_its_runs_and_logs() {
        String task = client.create(aTask().command("echo hello"));
        String run = client.awaitEnd(task).id();

        assertThat(client.delete("/tasks/" + task)).hasStatus(204).hasText("");

        assertThat(client.task(task)).hasStatus(404);
        assertThat(client.run(run)).hasStatus(404);
        assertThat(client.get("/runs/" + run + "/logs")).hasStatus(404);
        assertThat(client.delete("/tasks/" + task)).hasStatus(404);
        await().untilAsserted(() -> assertThat(storedChunksOf(run)).isZero());
    }

    @Test
    void a_queued_run_is_withdrawn_with_its_task() {
        String busy = client.create(aTask().command("sleep 600").stopGracePeriod("0s"));
        client.awaitStart(busy);
        String waiting = client.create(aTask());
        String run = client.latestRunOf(waiting);

        assertThat(client.delete("/tasks/" + waiting)).hasStatus(204);

        assertThat(client.run(run)).hasStatus(404);
        assertThat(client.get("/runs?filter[status]=queued").ids()).doesNotContain(run);
        client.cancelTask(busy);
        client.awaitStatus(busy, "cancelled");
        String next = client.create(aTask());
        client.awaitEnd(next);
        assertThat(containersOfRun(run)).isEmpty();
    }

    @Test
    void a_running_task_stays_until_it_is_cancelled() {
        String task = client.create(aTask().command("sleep 600").stopGracePeriod("0s"));
        client.awaitStart(task);

        assertThat(client.delete("/tasks/" + task)).hasStatus(409).hasError("task-running");
        client.cancelTask(task);
        client.awaitStatus(task, "cancelled");
        assertThat(client.delete("/tasks/" + task)).hasStatus(204);
    }

    @Test
    void only_the_version_that_the_client_saw() {
        String task = client.create(aTask());
        client.awaitEnd(task);
        String tag = client.task(task).header("ETag").orElseThrow();

        assertThat(client.send(request("DELETE", "/tasks/" + task).header("If-Match", "\"another\"")))
                .hasStatus(412);
        assertThat(client.send(request("DELETE", "/tasks/" + task).header("If-Match", tag)))
                .hasStatus(204);
    }

    @Test
    void a_deleted_task_makes_room() {
        int before = client.get("/tasks").json().at("/meta/total").asInt();
        String task = client.create(aTask());
        client.awaitEnd(task);

        client.delete("/tasks/" + task);

        assertThat(client.get("/tasks").json().at("/meta/total").asInt()).isEqualTo(before);
    }

    private static int storedChunksOf(String run) {
        return gantry.database()
                .jdbi()
                .withHandle(handle -> handle.createQuery(
                                "select count(*) from log_chunks where run_id = cast(:run as uuid)")
                        .bind("run", run)
                        .mapTo(Integer.class)
                        .one());
    }
}
