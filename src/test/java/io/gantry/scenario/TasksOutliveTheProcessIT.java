package io.gantry.scenario;

import static io.gantry.scenario.GantrySettings.aGantry;
import static io.gantry.scenario.ScenarioAssertions.assertThat;
import static io.gantry.scenario.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** With the embedded database, as an operator has it who configures nothing. */
final class TasksOutliveTheProcessIT {

    @RegisterExtension
    final GantryProcess gantry = GantryProcess.with(aGantry());

    private final GantryClient client = gantry.client();

    @Test
    void also_when_it_is_killed_and_when_it_is_stopped() {
        gantry.start();
        String task = client.create(aTask().named("Keep me").command("echo kept"));
        Answer run = client.awaitEnd(task);

        gantry.kill();
        gantry.start();

        assertThat(client.task(task))
                .hasStatus(200)
                .hasAttribute("title", "Keep me")
                .hasAttribute("status", "succeeded");
        assertThat(client.run(run.id()).data().path("attributes"))
                .isEqualTo(run.data().path("attributes"));
        assertThat(client.logOfTask(task)).isEqualTo("kept\n");
        String other = client.create(aTask().command("echo kept, too"));
        client.awaitEnd(other);

        assertThat(gantry.stop()).isEqualTo(143);
        gantry.start();

        assertThat(client.logOfTask(task)).isEqualTo("kept\n");
        assertThat(client.logOfTask(other)).isEqualTo("kept, too\n");
    }
}
