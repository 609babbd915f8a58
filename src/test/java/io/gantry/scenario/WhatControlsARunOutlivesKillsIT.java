package io.gantry.scenario;

import static io.gantry.scenario.ScenarioAssertions.assertThat;
import static io.gantry.scenario.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.gantry.database.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Timeouts, waits, retries and requests to end, while the service is killed at random moments. The system property
 * {@code gantry.kills} says how often, {@code gantry.seed} repeats what was once so.
 */
final class WhatControlsARunOutlivesKillsIT {

    private static final Duration LONG = Duration.ofMinutes(2);

    @RegisterExtension
    static final TestDatabase database = TestDatabase.migrated();

    @RegisterExtension
    final GantryProcess mortal = GantryProcess.with(GantrySettings.aGantry().database(database));

    private final long seed = Long.getLong("gantry.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    void each_comes_to_its_true_end_once() {
        GantryClient client = mortal.start().client();
        List<String> blocking = List.of(client.create(blocker()), client.create(blocker()));
        String impatient = client.create(aTask().with("queueTimeout", "1s"));
        List<String> retried = List.of(client.create(hopeless()), client.create(hopeless()));
        String overdue = client.create(aTask().with("timeout", "2s").command("sleep 600"));
        String stubborn = client.create(aTask().with("timeout", "1s")
                .stopGracePeriod("1s")
                .command("trap '' TERM; while true; do sleep 0.1; done"));
        String unwanted = client.create(aTask().command("sleep 600"));

        int kills = Integer.getInteger("gantry.kills", 1);
        for (int i = 0; i < kills; i++) {
            pause(Duration.ofMillis(100 + random.nextInt(2400)));
            mortal.kill();
            mortal.start();
            if (i == 0) {
                assertThat(client.cancelTask(unwanted)).hasStatus(202);
            }
        }

        assertThat(List.of(impatient, overdue, stubborn, unwanted)).allSatisfy(task -> client.awaitEnd(task, LONG));
        String told = "seed " + seed;
        for (String task : blocking) {
            assertThat(client.awaitEnd(task, LONG)).as(told).hasAttribute("status", "succeeded");
        }
        assertThat(latest(client, impatient)).as(told).hasAttribute("failure.code", "queue-timeout");
        assertThat(latest(client, overdue)).as(told).hasAttribute("failure.code", "timeout");
        assertThat(latest(client, stubborn))
                .as(told)
                .hasAttribute("failure.code", "timeout")
                .hasAttribute("exitCode", 137);
        assertThat(latest(client, unwanted))
                .as(told)
                .hasAttribute("status", "cancelled")
                .hasAttribute("cancellation.requestedBy", "127.0.0.1");
        assertThat(retried)
                .allSatisfy(task -> assertThat(attempts(client, task))
                        .as("attempts with %s", told)
                        .containsExactly("1 failed", "2 failed", "3 failed"));
        assertThat(mortal.admin("/healthcheck").status()).isEqualTo(200);
    }

    private static TaskBuilder blocker() {
        return aTask().command("sleep 4");
    }

    private static TaskBuilder hopeless() {
        return aTask().command("exit 1").with("retries", Map.of("limit", 2, "backoff", "1s"));
    }

    private static Answer latest(GantryClient client, String task) {
        return client.run(client.latestRunOf(task));
    }

    /** Once there is nothing more to come, oldest first. */
    private static List<String> attempts(GantryClient client, String task) {
        await().atMost(LONG).until(() -> client.task(task), answer -> isOver(answer));
        List<String> attempts = new ArrayList<>();
        for (JsonNode run : client.get("/tasks/" + task + "/runs").json().path("data")) {
            attempts.add(
                    0,
                    run.at("/attributes/attempt").asInt() + " "
                            + run.at("/attributes/status").asText());
        }
        return attempts;
    }

    private static boolean isOver(Answer task) {
        return !List.of("queued", "running").contains(task.attribute("status").asText())
                && task.attribute("lastRun.retryAt").isNull();
    }

    private static void pause(Duration span) {
        await().pollDelay(span).atMost(span.plusSeconds(10)).until(() -> true);
    }
}
