package io.gantry.scenario;

import static io.gantry.scenario.ScenarioAssertions.assertThat;
import static io.gantry.scenario.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gantry.engine.docker.EngineCall;
import io.gantry.engine.docker.SpoiledAnswer;
import io.gantry.engine.docker.SpoilingProxy;
import io.gantry.engine.docker.SpoilingProxy.Moment;
import io.gantry.engine.docker.SpoilingProxy.Spoiling;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An engine that can't get a signal through, as to a process that hangs in the kernel. */
final class AContainerThatCannotBeKilledKeepsItsSlotIT {

    private static final Spoiling NO_SIGNAL = new Spoiling(EngineCall.KILL, SpoiledAnswer.ERROR_500, Moment.UNASKED);

    private static final SpoilingProxy engine = new SpoilingProxy();

    @RegisterExtension
    static final GantryExtension gantry =
            GantryExtension.with(GantrySettings.aGantry().maxRunning(1).dockerHost(engine.host()));

    @AfterAll
    static void close() {
        engine.close();
    }

    @Test
    void is_reported_and_ends_as_soon_as_it_can() {
        GantryClient client = gantry.client();
        String task = client.create(aTask().stopGracePeriod("0s").command("sleep 600"));
        Answer run = client.awaitStart(task);
        String next = client.create(aTask());
        engine.spoil(NO_SIGNAL, Integer.MAX_VALUE);
        client.cancelTask(task);

        await().atMost(Duration.ofSeconds(60))
                .until(() -> gantry.admin("/healthcheck").status() == 500);

        assertThat(gantry.admin("/healthcheck").text())
                .contains("container " + run.attribute("containerId").asText());
        assertThat(client.run(run.id()))
                .hasAttribute("status", "running")
                .hasAttribute("cancellation.killed", true)
                .hasNull("cancellation.confirmedAt");
        assertThat(client.task(next)).hasAttribute("status", "queued");
        engine.spoil(NO_SIGNAL, 0);
        assertThat(client.awaitEnd(task)).hasAttribute("status", "cancelled").hasAttribute("exitCode", 137);
        assertThat(client.awaitEnd(next)).hasAttribute("status", "succeeded");
        assertThat(gantry.admin("/healthcheck").status()).isEqualTo(200);
    }
}
