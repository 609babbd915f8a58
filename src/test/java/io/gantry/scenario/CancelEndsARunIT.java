package io.gantry.scenario;

import static io.gantry.scenario.ScenarioAssertions.assertThat;
import static io.gantry.scenario.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class CancelEndsARunIT {

    @RegisterExtension
    static final GantryExtension gantry =
            GantryExtension.with(GantrySettings.aGantry().maxRunning(1));

    private final GantryClient client = gantry.client();

    @Test
    void a_running_container_gets_term_and_may_say_goodbye() {
        String task = client.create(
                aTask().command("trap 'echo bye; exit 7' TERM; echo ready; while true; do sleep 0.1; done"));
        Answer run = client.awaitRun(task, r -> r.attribute("logBytes").asInt() >= 6);

        assertThat(run).hasNull("cancellation");
        assertThat(client.cancelRun(run.id()))
                .hasStatus(202)
                .hasAttribute("status", "running")
                .hasNull("cancellation.confirmedAt");

        assertThat(client.awaitEnd(task))
                .hasAttribute("status", "cancelled")
                .hasAttribute("exitCode", 7)
                .hasAttribute("logComplete", true)
                .hasAttribute("cancellation.requestedBy", "127.0.0.1")
                .hasAttribute("cancellation.signal", "SIGTERM")
                .hasAttribute("cancellation.killed", false)
                .hasNull("failure");
        Answer ended = client.run(run.id());
        assertThat(ended)
                .hasAttribute(
                        "cancellation.confirmedAt",
                        ended.attribute("finishedAt").asText());
        assertThat(client.logOfTask(task)).isEqualTo("ready\nbye\n");
    }

    @Test
    void one_that_ignores_term_is_killed_after_its_grace_period() {
        String task = client.create(
                aTask().stopGracePeriod("1s").command("trap '' TERM; echo ready; while true; do sleep 0.1; done"));
        client.awaitRun(task, r -> r.attribute("logBytes").asInt() >= 6);

        client.cancelTask(task);

        assertThat(client.awaitEnd(task))
                .hasAttribute("status", "cancelled")
                .hasAttribute("exitCode", 137)
                .hasAttribute("cancellation.signal", "SIGTERM")
                .hasAttribute("cancellation.killed", true);
    }

    @Test
    void a_second_request_while_it_ends_changes_nothing() {
        String task = client.create(
                aTask().stopGracePeriod("2s").command("trap '' TERM; echo ready; while true; do sleep 0.1; done"));
        client.awaitRun(task, r -> r.attribute("logBytes").asInt() >= 6);
        String asked =
                client.cancelTask(task).attribute("cancellation.requestedAt").asText();
        client.awaitRun(task, r -> !r.attribute("cancellation.signal").isNull());

        assertThat(client.cancelTask(task)).hasStatus(202).hasAttribute("cancellation.requestedAt", asked);

        assertThat(client.awaitEnd(task))
                .hasAttribute("status", "cancelled")
                .hasAttribute("exitCode", 137)
                .hasAttribute("cancellation.requestedAt", asked)
                .hasAttribute("cancellation.signal", "SIGTERM")
                .hasAttribute("cancellation.killed", true);
    }

    @Test
    void a_queued_run_ends_at_once_and_never_gets_a_container() {
        String running = client.create(aTask().command("sleep 60"));
        client.awaitStart(running);
        String queued = client.create(aTask());

        Answer cancelled = client.cancelTask(queued);

        assertThat(cancelled)
                .hasStatus(202)
                .hasAttribute("status", "cancelled")
                .hasNull("claimedAt")
                .hasNull("cancellation.signal")
                .hasAttribute("cancellation.killed", false)
                .hasNull("exitCode");
        assertThat(client.cancelTask(queued)).as("again").hasStatus(202);
        assertThat(DockerCommand.containersOfRun(cancelled.id())).isEmpty();
        client.cancelTask(running);
        client.awaitEnd(running);
    }

    @Test
    void a_run_that_has_ended_by_itself_cannot_be_cancelled() {
        String task = client.create(aTask());
        Answer run = client.awaitEnd(task);

        assertThat(client.cancelRun(run.id())).hasStatus(409).hasError("run-finished");
    }
}
