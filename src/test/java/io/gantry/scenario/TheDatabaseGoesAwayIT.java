package io.gantry.scenario;

import static io.gantry.scenario.GantrySettings.aGantry;
import static io.gantry.scenario.ScenarioAssertions.assertThat;
import static io.gantry.scenario.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gantry.database.TestDatabase;
import io.gantry.scenario.Link.State;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class TheDatabaseGoesAwayIT {

    private static final int LINES = 200_000;
    /** Some 1.3 MB a second after the word to begin, with an end that comes while the database is away. */
    private static final String OUTPUT = "echo begin; sleep 3; seq " + LINES + "; printf end; exit 6";

    @RegisterExtension
    static final TestDatabase db = TestDatabase.migrated();

    private final Link link = Link.to(db);

    @RegisterExtension
    final GantryProcess gantry = GantryProcess.with(aGantry().database(db, link));

    private final HttpClient http = HttpClient.newHttpClient();
    private GantryClient client = gantry.client();

    @BeforeEach
    void start() {
        client = gantry.start().client();
    }

    @AfterEach
    void close() {
        link.set(State.UP);
        gantry.stop();
        link.close();
        db.empty();
    }

    @ParameterizedTest
    @EnumSource(
            value = State.class,
            names = {"SILENT", "BROKEN"})
    void a_run_that_pours_out_and_ends_meanwhile_keeps_every_byte_and_its_true_end(State loss) {
        String task = client.create(aTask().command(OUTPUT));
        String next = client.create(aTask().command("echo next"));
        client.awaitRun(task, r -> r.attribute("logBytes").asInt() > 0);

        link.set(loss);
        DockerCommand.awaitNoRunningContainerOfNode(gantry.node());
        awaitUnhealthy();
        Answer refused = client.post(aTask());
        Duration sound = Duration.ofSeconds(45);
        link.set(State.UP);

        assertThat(refused).hasStatus(503).hasError("storage-unavailable");
        assertThat(refused.header("Retry-After")).isPresent();
        await().atMost(sound).until(() -> client.get("/tasks").status() == 200);
        assertThat(client.awaitEnd(task))
                .hasAttribute("status", "failed")
                .hasAttribute("failure.code", "exit-code")
                .hasAttribute("exitCode", 6)
                .hasAttribute("logComplete", true);
        assertThat(client.logOfTask(task)).isEqualTo(output());
        assertThat(client.awaitEnd(next)).hasAttribute("status", "succeeded");
        assertThat(client.get("/tasks").attributes("title")).hasSize(2);
    }

    @Test
    void readers_are_told_within_seconds_and_the_service_recovers_by_itself() {
        List<String> tasks = IntStream.range(0, 4)
                .mapToObj(i -> client.create(aTask().command("sleep 1; echo " + i)))
                .toList();
        for (int i = 0; i < 5; i++) {
            link.set(i % 2 == 0 ? State.BROKEN : State.SILENT);
            long before = System.nanoTime();
            assertThat(client.get("/tasks").status()).isEqualTo(503);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
            link.set(State.UP);
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> client.get("/tasks").status() == 200);
        }
        for (int i = 0; i < tasks.size(); i++) {
            assertThat(client.awaitEnd(tasks.get(i))).hasAttribute("status", "succeeded");
            assertThat(client.logOfTask(tasks.get(i))).isEqualTo(i + "\n");
        }
    }

    private void awaitUnhealthy() {
        HttpRequest ready =
                HttpRequest.newBuilder(gantry.adminUrl().resolve("ready")).build();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> http.send(ready, BodyHandlers.discarding()).statusCode() == 503);
    }

    private static String output() {
        return "begin\n"
                + IntStream.rangeClosed(1, LINES).mapToObj(i -> i + "\n").collect(Collectors.joining()) + "end";
    }
}
