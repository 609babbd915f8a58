package io.gantry.scenario;

import static io.gantry.scenario.ClientRequest.request;
import static io.gantry.scenario.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gantry.database.TestDatabase;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two nodes, restarted one after the other, while clients go on creating tasks. */
final class ARollingRestartLosesNothingIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int MANY = 20;

    @RegisterExtension
    static final TestDatabase db = TestDatabase.migrated();

    @RegisterExtension
    final GantryProcess first =
            GantryProcess.with(GantrySettings.aGantry().database(db).maxTasks(1000));

    @RegisterExtension
    final GantryProcess second =
            GantryProcess.with(GantrySettings.aGantry().database(db).maxTasks(1000));

    private final AtomicBoolean restarted = new AtomicBoolean();
    private final List<String> accepted = new CopyOnWriteArrayList<>();

    @Test
    void all_that_was_accepted_succeeds_in_order_two_at_a_time_each_once() {
        first.start();
        second.start();
        try (ContainerEvents events = ContainerEvents.ofInstallation(installation())) {
            CompletableFuture<Void> load = CompletableFuture.runAsync(this::createAllTheWhile);
            await().atMost(PATIENCE).until(() -> accepted.size() >= 5);

            first.stop();
            first.start();
            second.stop();
            second.start();

            restarted.set(true);
            load.join();
            GantryClient client = first.client();
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> total(client, "queued,running") == 0);
            assertThat(accepted).hasSizeGreaterThan(MANY);
            assertThat(total(client, "succeeded")).isEqualTo(accepted.size());
            assertThat(events.mostRunning()).isLessThanOrEqualTo(2);
            assertThat(events.starts()).isEqualTo(accepted.size());
        }
        assertThat(claims()).hasSize(accepted.size()).isSorted();
    }

    /** Some more if the restarts are quick. */
    private void createAllTheWhile() {
        while (!restarted.get() || accepted.size() <= MANY) {
            accepted.add(create(UUID.randomUUID().toString()));
        }
    }

    /** As a client does it that wants to be sure: again with the same key, at whichever node answers. */
    private String create(String key) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(700))
                .until(() -> create(first, key).or(() -> create(second, key)), Optional::isPresent)
                .orElseThrow();
    }

    private static Optional<String> create(GantryProcess node, String key) {
        try {
            Answer answer = node.client()
                    .send(request("POST", "/tasks")
                            .header("Idempotency-Key", key)
                            .body(aTask().named(key)
                                    .command("sleep 0.2; echo " + key)
                                    .toJson()));
            return answer.status() == 201 ? Optional.of(answer.id()) : Optional.empty();
        } catch (UncheckedIOException | NoSuchElementException stopped) {
            return Optional.empty();
        }
    }

    private static int total(GantryClient client, String status) {
        return client.get("/runs?filter[status]=" + status)
                .json()
                .at("/meta/total")
                .asInt();
    }

    private static List<Instant> claims() {
        return db.jdbi()
                .withHandle(handle -> handle.createQuery(
                                "select claimed_at from runs where claimed_at is not null order by position")
                        .mapTo(Instant.class)
                        .list());
    }

    private static String installation() {
        return db.jdbi()
                .withHandle(handle -> handle.createQuery("select installation::text from ledger")
                        .mapTo(String.class)
                        .one());
    }
}
