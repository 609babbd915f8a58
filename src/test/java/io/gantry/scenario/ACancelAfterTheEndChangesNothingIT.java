package io.gantry.scenario;

import static io.gantry.scenario.DockerCommand.docker;
import static io.gantry.scenario.ScenarioAssertions.assertThat;
import static io.gantry.scenario.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gantry.database.TestDatabase;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The command has ended while nobody looked, and its output is still being collected. */
final class ACancelAfterTheEndChangesNothingIT {

    private static final int BYTES = 20_000_000;

    @RegisterExtension
    static final TestDatabase database = TestDatabase.migrated();

    @RegisterExtension
    final GantryProcess gantry = GantryProcess.with(GantrySettings.aGantry().database(database));

    @Test
    void the_true_end_and_all_of_the_log_are_kept() {
        GantryClient client = gantry.start().client();
        String task = client.create(aTask().command("sleep 1; head -c " + BYTES + " /dev/zero | tr '\\000' x"));
        String run = client.awaitStart(task).id();
        gantry.kill();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> docker("inspect", "--format", "{{.State.Status}}", "gantry-" + run)
                        .strip()
                        .equals("exited"));

        gantry.start();
        client.awaitRun(task, collected -> collected.attribute("logBytes").asLong() > 0);
        Answer asked = client.cancelRun(run);

        assertThat(asked.status()).as(asked.toString()).isIn(202, 409);
        assertThat(client.awaitEnd(task))
                .hasAttribute("status", "succeeded")
                .hasAttribute("exitCode", 0)
                .hasAttribute("logComplete", true)
                .hasAttribute("logBytes", BYTES);
    }
}
