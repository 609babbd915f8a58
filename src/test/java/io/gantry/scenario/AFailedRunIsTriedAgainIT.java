package io.gantry.scenario;

import static io.gantry.scenario.ScenarioAssertions.assertThat;
import static io.gantry.scenario.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.gantry.database.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class AFailedRunIsTriedAgainIT {

    private static final Duration LONG = Duration.ofSeconds(60);

    @RegisterExtension
    static final GantryExtension gantry = GantryExtension.with(
            GantrySettings.aGantry().with("tasks.retries.longestBackoff", "2s").with("tasks.retries.backoff", "1s"));

    @RegisterExtension
    static final TestDatabase database = TestDatabase.migrated();

    @RegisterExtension
    final GantryProcess mortal = GantryProcess.with(GantrySettings.aGantry().database(database));

    private final GantryClient client = gantry.client();

    @Test
    void as_often_as_its_task_says_each_time_as_a_run_of_its_own() {
        String task = client.create(
                aTask().command("echo $RANDOM$RANDOM; exit 3").with("retries", Map.of("limit", 2, "backoff", "1s")));

        List<JsonNode> runs = awaitRuns(client, task, 3);

        assertThat(runs)
                .extracting(run -> run.at("/attributes/attempt").asInt())
                .containsExactly(3, 2, 1);
        assertThat(runs)
                .extracting(run -> run.at("/attributes/trigger").asText())
                .containsExactly("retry", "retry", "create");
        assertThat(runs)
                .extracting(run -> run.at("/attributes/exitCode").asInt())
                .containsOnly(3);
        assertThat(runs)
                .extracting(run -> new String(client.log(run.at("/id").asText()), StandardCharsets.UTF_8))
                .doesNotHaveDuplicates()
                .allMatch(log -> log.matches("\\d+\n"));
        assertThat(waited(runs.get(2), runs.get(1))).isBetween(Duration.ofMillis(750), Duration.ofSeconds(10));
        assertThat(waited(runs.get(1), runs.get(0))).isBetween(Duration.ofMillis(1500), Duration.ofSeconds(10));
        assertThat(client.task(task)).hasAttribute("status", "failed").hasNull("lastRun.retryAt");
        assertThat(client.change(task, Map.of("command", "true"))).hasStatus(200);
    }

    @Test
    void until_it_succeeds() {
        String task = client.create(
                aTask().command("test $((RANDOM % 2)) = 0").with("retries", Map.of("limit", 10, "backoff", "1s")));

        await().atMost(LONG)
                .until(() -> client.task(task).attribute("status").asText().equals("succeeded"));
    }

    @Test
    void not_after_what_another_attempt_cannot_mend_nor_when_its_end_was_asked_for() {
        Map<String, Object> retries = Map.of("limit", 3, "backoff", "1s");
        String missing = client.create(aTask().exec("no-such-command").with("retries", retries));
        String other = client.create(aTask().command("exit 1")
                .with("retries", Map.of("limit", 3, "backoff", "1s", "on", List.of("timeout"))));
        String cancelled = client.create(
                aTask().command("trap 'exit 1' TERM; sleep 600 & wait").with("retries", retries));
        client.awaitEnd(missing);
        client.awaitEnd(other);
        client.awaitStart(cancelled);
        client.cancelTask(cancelled);
        client.awaitEnd(cancelled);

        assertThat(List.of(missing, other, cancelled)).allSatisfy(task -> {
            assertThat(client.task(task)).hasNull("lastRun.retryAt");
            assertThat(client.change(task, Map.of("user", "1000"))).hasStatus(200);
        });
    }

    @Test
    void while_that_is_to_come_the_task_is_active_and_a_cancel_withdraws_it() {
        String task = client.create(aTask().command("exit 1").with("retries", Map.of("limit", 1, "backoff", "2s")));
        String run = client.awaitEnd(task).id();

        assertThat(client.task(task).attribute("lastRun.retryAt").isNull()).isFalse();
        assertThat(client.run(run).attribute("retryAt").isNull()).isFalse();
        assertThat(client.change(task, Map.of("command", "true")))
                .hasStatus(409)
                .hasError("task-active");
        assertThat(client.change(task, Map.of("title", "Other"))).hasStatus(200);
        assertThat(client.runAgain(task)).hasStatus(409).hasError("task-active").saying("tried again at");

        assertThat(client.cancelTask(task))
                .hasStatus(202)
                .hasAttribute("status", "failed")
                .hasNull("retryAt");
        assertThat(client.cancelRun(run)).hasStatus(202);

        assertThat(client.task(task)).hasNull("lastRun.retryAt");
        assertThat(client.change(task, Map.of("command", "true"))).hasStatus(200);
        assertThat(client.run(run).attribute("cancellation.requestedBy").asText())
                .isEqualTo("127.0.0.1");
        assertThat(runsOf(client, task)).hasSize(1);
    }

    @Test
    void a_delete_withdraws_it_too() {
        String task = client.create(aTask().command("exit 1").with("retries", Map.of("limit", 1, "backoff", "2s")));
        client.awaitEnd(task);

        assertThat(client.delete("/tasks/" + task)).hasStatus(204);
    }

    @Test
    void although_the_service_died_meanwhile() {
        GantryClient client = mortal.start().client();
        String task = client.create(aTask().command("exit 1")
                .with("environment", Map.of("PASSWORD", "open-sesame"))
                .with("retries", Map.of("limit", 1, "backoff", "3s")));
        client.awaitEnd(task);

        mortal.awaitOutput("is tried again at");
        assertThat(mortal.output()).doesNotContain("open-sesame");
        mortal.kill();
        mortal.start();

        List<JsonNode> runs = awaitRuns(client, task, 2);
        assertThat(runs)
                .extracting(run -> run.at("/attributes/attempt").asInt())
                .containsExactly(2, 1);
        assertThat(waited(runs.get(1), runs.get(0))).isGreaterThanOrEqualTo(Duration.ofMillis(2250));
    }

    @Test
    void while_more_wait_for_that_than_may_run_at_once_others_go_on() {
        GantryClient client = mortal.start().client();
        List<String> waiting = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            waiting.add(client.create(aTask().command("exit 1").with("retries", Map.of("limit", 1, "backoff", "30m"))));
        }
        waiting.forEach(client::awaitEnd);

        assertThat(client.awaitEnd(client.create(aTask()))).hasAttribute("status", "succeeded");

        assertThat(waiting)
                .allSatisfy(task -> assertThat(
                                client.task(task).attribute("lastRun.retryAt").isNull())
                        .isFalse());
    }

    @Test
    void more_often_than_the_operator_allows_is_refused() {
        assertThat(client.post(
                        aTask().with("retries", Map.of("limit", 11, "backoff", "3s", "on", List.of("bad luck")))))
                .hasStatus(422)
                .hasErrors(3)
                .hasError("invalid-attribute")
                .at("/data/attributes/retries/limit")
                .at("/data/attributes/retries/backoff")
                .at("/data/attributes/retries/on")
                .saying("out-of-memory");
    }

    private static List<JsonNode> awaitRuns(GantryClient client, String task, int count) {
        return await().atMost(LONG)
                .until(
                        () -> runsOf(client, task),
                        runs -> runs.size() == count
                                && !runs.get(0).at("/attributes/finishedAt").isNull());
    }

    private static List<JsonNode> runsOf(GantryClient client, String task) {
        List<JsonNode> runs = new ArrayList<>();
        client.get("/tasks/" + task + "/runs").json().path("data").forEach(runs::add);
        return runs;
    }

    /** From the end of the one to the acceptance of the other. */
    private static Duration waited(JsonNode first, JsonNode second) {
        return Duration.between(
                Instant.parse(first.at("/attributes/finishedAt").asText()),
                Instant.parse(second.at("/attributes/queuedAt").asText()));
    }
}
