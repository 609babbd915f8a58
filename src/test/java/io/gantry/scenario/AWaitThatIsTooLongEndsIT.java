package io.gantry.scenario;

import static io.gantry.scenario.ScenarioAssertions.assertThat;
import static io.gantry.scenario.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.database.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class AWaitThatIsTooLongEndsIT {

    @RegisterExtension
    static final GantryExtension gantry =
            GantryExtension.with(GantrySettings.aGantry().maxRunning(1).with("tasks.longestQueueTimeout", "1h"));

    @RegisterExtension
    static final TestDatabase database = TestDatabase.migrated();

    @RegisterExtension
    final GantryProcess mortal =
            GantryProcess.with(GantrySettings.aGantry().maxRunning(1).database(database));

    @Test
    void in_a_queue_that_does_not_move_and_the_others_go_on() {
        GantryClient client = gantry.client();
        String blocking = client.create(aTask().command("sleep 600"));
        client.awaitStart(blocking);
        String impatient = client.create(aTask().with("queueTimeout", "2s"));
        String patient = client.create(aTask());

        Answer run = client.awaitEnd(impatient);
        assertThat(run)
                .hasAttribute("status", "timed-out")
                .hasAttribute("failure.code", "queue-timeout")
                .hasAttribute("logComplete", true)
                .hasNull("claimedAt")
                .hasNull("startedAt")
                .hasNull("exitCode");
        assertThat(run.attribute("failure.detail").asText()).contains("2s");
        assertThat(waited(run)).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(10));
        client.cancelTask(blocking);
        assertThat(client.awaitEnd(patient)).hasAttribute("status", "succeeded");
        assertThat(client.task(patient)).hasAttribute("queueTimeout", "1h");
        assertThat(gantry.admin("/healthcheck").status()).isEqualTo(200);
    }

    @Test
    void also_while_the_service_is_dead() {
        GantryClient client = mortal.start().client();
        client.awaitStart(client.create(aTask().command("sleep 8")));
        String impatient = client.create(aTask().with("queueTimeout", "1s"));

        mortal.kill();
        mortal.start();

        assertThat(client.awaitEnd(impatient))
                .hasAttribute("status", "timed-out")
                .hasAttribute("failure.code", "queue-timeout");
    }

    @Test
    void and_a_longer_one_than_the_operator_allows_is_refused() {
        assertThat(gantry.client().post(aTask().with("queueTimeout", "61m")))
                .hasStatus(422)
                .hasErrors(1)
                .hasError("invalid-attribute")
                .at("/data/attributes/queueTimeout")
                .saying("1h");
    }

    private static Duration waited(Answer run) {
        return Duration.between(
                Instant.parse(run.attribute("queuedAt").asText()),
                Instant.parse(run.attribute("finishedAt").asText()));
    }
}
