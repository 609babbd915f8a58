package io.gantry.scenario;

import static io.gantry.scenario.DockerCommand.docker;
import static io.gantry.scenario.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Somebody lays hands on the database and the engine of a running service. */
final class ABrokenInvariantIsToldIT {

    private static final List<String> RULES =
            List.of("slots", "claim-order", "outcomes", "lineage", "tasks", "logs", "containers");

    private static final Duration LONG = Duration.ofSeconds(60);

    @RegisterExtension
    static final GantryExtension gantry =
            GantryExtension.with(GantrySettings.aGantry().with("invariants.interval", "2s"));

    private final GantryClient client = gantry.client();

    @AfterEach
    void remove_what_was_slipped_in() {
        docker("ps", "--all", "--quiet", "--filter", "label=io.gantry.installation=" + installation())
                .lines()
                .forEach(container -> docker("rm", "--force", container));
    }

    @Test
    void each_rule_turns_its_metric_and_the_health_check_red_and_the_service_stays_ready() {
        String first = client.create(aTask().command("echo hello"));
        String second = client.create(aTask().command("echo hello"));
        client.awaitEnd(first);
        client.awaitEnd(second);
        await().untilAsserted(() -> RULES.forEach(
                rule -> assertThat(metrics()).contains("gantry_invariant_broken{rule=\"" + rule + "\"} 0.0")));
        assertThat(gantry.admin("/healthcheck").json().at("/invariants/healthy").asBoolean())
                .isTrue();

        breakAll(client.latestRunOf(first), client.latestRunOf(second));

        await().atMost(LONG)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> RULES.forEach(
                        rule -> assertThat(metrics()).contains("gantry_invariant_broken{rule=\"" + rule + "\"} 1.0")));
        Answer health = gantry.admin("/healthcheck");
        assertThat(health.status()).isEqualTo(500);
        String told = health.json().at("/invariants/message").asText();
        assertThat(RULES).allSatisfy(rule -> assertThat(told).contains(rule + ": "));
        assertThat(told).contains("3 runs hold a slot, and 2 may").contains("Two containers run for run ");
        assertThat(gantry.admin("/ready").status()).isEqualTo(200);
    }

    @Test
    void a_rule_that_cannot_be_checked_is_told_too() {
        sql("alter table log_chunks rename to mislaid");
        try {
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(gantry.admin("/healthcheck")
                                    .json()
                                    .at("/invariants/message")
                                    .asText())
                            .contains("logs: the last 3 looks failed: "));
            assertThat(metrics()).contains("gantry_invariant_failed_looks{rule=\"logs\"} 3.0");
        } finally {
            sql("alter table mislaid rename to log_chunks");
        }
        await().atMost(LONG)
                .untilAsserted(
                        () -> assertThat(metrics()).contains("gantry_invariant_failed_looks{rule=\"logs\"} 0.0"));
    }

    private void breakAll(String first, String second) {
        String lost = UUID.randomUUID().toString();
        sql("update runs set claimed_at = claimed_at - interval '1 h', exit_code = 7 where id = '%s'"
                .formatted(second));
        sql("update log_chunks set log_offset = 1 where run_id = '%s'".formatted(first));
        sql("alter table runs drop constraint runs_task_id_fkey");
        for (int position : List.of(1001, 1002, 1003)) {
            sql("""
                    insert into runs (id, task_id, position, trigger, status, spec, queued_at, claimed_at, epoch, node,
                        owner, engine_id)
                    select '%s', gen_random_uuid(), %d, 'create', 'running', spec, clock_timestamp(), clock_timestamp(),
                        1, 'nobody', gen_random_uuid(), 'nowhere'
                    from runs where id = '%s'""".formatted(position == 1001 ? lost : UUID.randomUUID(), position, first));
        }
        sql("update ledger set tasks = tasks + 1");
        for (int i = 0; i < 2; i++) {
            docker(
                    "run",
                    "--detach",
                    "--network=none",
                    "--label=io.gantry.installation=" + installation(),
                    "--label=io.gantry.run=" + lost,
                    "busybox",
                    "sleep",
                    "600");
        }
    }

    private static List<String> metrics() {
        return gantry.admin("/metrics").text().lines().toList();
    }

    private static String installation() {
        return gantry.database()
                .jdbi()
                .withHandle(handle -> handle.createQuery("select installation from ledger")
                        .mapTo(UUID.class)
                        .one()
                        .toString());
    }

    private static void sql(String statement) {
        gantry.database().jdbi().useHandle(handle -> handle.execute(statement));
    }
}
