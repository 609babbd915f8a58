package io.gantry.scenario;

import static io.gantry.scenario.ScenarioAssertions.assertThat;
import static io.gantry.scenario.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.database.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class ATimeoutEndsARunIT {

    @RegisterExtension
    static final GantryExtension inHouse = GantryExtension.with(GantrySettings.aGantry());

    @RegisterExtension
    static final TestDatabase database = TestDatabase.migrated();

    @RegisterExtension
    final GantryProcess mortal = GantryProcess.with(GantrySettings.aGantry().database(database));

    @Test
    void a_run_that_takes_too_long_is_ended_and_says_so() {
        GantryClient client = inHouse.client();
        String polite = client.create(aTask().with("timeout", "2s")
                .command("trap 'echo bye; exit 7' TERM; echo ready; while true; do sleep 0.1; done"));
        String stubborn = client.create(aTask().with("timeout", "1s")
                .stopGracePeriod("1s")
                .command("trap '' TERM; while true; do sleep 0.1; done"));

        Answer run = client.awaitEnd(polite);
        assertThat(run)
                .hasAttribute("status", "timed-out")
                .hasAttribute("exitCode", 7)
                .hasAttribute("timeout", "2s")
                .hasAttribute("logComplete", true);
        assertThat(run.json().at("/data/attributes/failure/code").asText()).isEqualTo("timeout");
        assertThat(run.json().at("/data/attributes/failure/detail").asText()).contains("2s");
        assertThat(client.logOfTask(polite)).isEqualTo("ready\nbye\n");
        assertThat(ran(run)).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(12));
        assertThat(client.awaitEnd(stubborn))
                .hasAttribute("status", "timed-out")
                .hasAttribute("exitCode", 137);
        assertThat(client.get("/tasks/" + polite)).hasAttribute("status", "timed-out");
    }

    @Test
    void the_time_goes_on_while_the_service_is_dead() {
        GantryClient client = mortal.start().client();
        String task = client.create(aTask().with("timeout", "4s").command("sleep 600"));
        client.awaitStart(task);

        mortal.kill();
        mortal.start();

        Answer run = client.awaitEnd(task);
        assertThat(run).hasAttribute("status", "timed-out").hasAttribute("logComplete", true);
        assertThat(ran(run)).isGreaterThanOrEqualTo(Duration.ofSeconds(4)).isLessThan(Duration.ofSeconds(60));
    }

    private static Duration ran(Answer run) {
        return Duration.between(
                Instant.parse(run.attribute("startedAt").asText()),
                Instant.parse(run.attribute("finishedAt").asText()));
    }
}
