package io.gantry.scenario;

import static io.gantry.scenario.GantrySettings.aGantry;
import static io.gantry.scenario.ScenarioAssertions.assertThat;
import static io.gantry.scenario.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gantry.database.TestDatabase;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The engine's disk, where it keeps its own log of the container too, has no room left while the container goes on. */
final class AContainerThatFillsTheDiskEndsByItselfIT {

    private static final int MEGABYTES = 96;
    private static final int LINES = 10_000;
    /** What is too little for one write is taken by smaller ones. */
    private static final String FILL = "echo before; dd if=/dev/zero of=/big bs=64k 2>/dev/null;"
            + " dd if=/dev/zero bs=512 2>&1 >>/big | grep -o 'No space left on device';";

    private static final String GO_ON = " for i in $(seq " + LINES + "); do echo line $i; done; exit 3";

    @RegisterExtension
    static final TestDatabase db = TestDatabase.migrated();

    @RegisterExtension
    static final PrivateDockerd engine = PrivateDockerd.startedWithin(MEGABYTES);

    @RegisterExtension
    final GantryProcess gantry = GantryProcess.with(aGantry().database(db).engine(engine));

    @AfterEach
    void the_next_run_has_the_room_again() {
        await().atMost(Duration.ofSeconds(30)).until(() -> engine.ids("--all").isEmpty());
        GantryClient client = gantry.client();
        String next = client.create(aTask().command("head -c 32000000 /dev/zero > /some && echo enough"));

        assertThat(client.awaitEnd(next)).hasAttribute("status", "succeeded").hasAttribute("logComplete", true);
        assertThat(client.logOfTask(next)).isEqualTo("enough\n");
        assertThat(gantry.admin("/healthcheck").status()).isEqualTo(200);
    }

    @Test
    void with_a_whole_log_as_it_went_through_the_service() {
        GantryClient client = gantry.start().client();
        String task = client.create(aTask().command(FILL + GO_ON));

        assertThat(client.awaitEnd(task))
                .hasAttribute("status", "failed")
                .hasAttribute("failure.code", "exit-code")
                .hasAttribute("exitCode", 3)
                .hasAttribute("logComplete", true);
        assertThat(client.logOfTask(task)).isEqualTo(written());
    }

    /** How much of it there is the engine doesn't tell: its log then ends as one does that has everything. */
    @Test
    void with_the_beginning_of_its_log_where_only_the_engine_could_have_kept_the_rest() {
        GantryClient client = gantry.start().client();
        String task = client.create(aTask().command(FILL + " until [ -e /dev/shm/go ]; do sleep 0.1; done;" + GO_ON));
        String container = client.awaitRun(task, run -> client.logOfTask(task).contains("No space left"))
                .attribute("containerId")
                .asText();

        gantry.kill();
        engine.in("exec", container, "touch", "/dev/shm/go");
        await().atMost(Duration.ofSeconds(30)).until(() -> status(container).equals("exited"));
        gantry.start();

        assertThat(client.awaitEnd(task))
                .hasAttribute("status", "failed")
                .hasAttribute("failure.code", "exit-code")
                .hasAttribute("exitCode", 3);
        assertThat(written()).startsWith(client.logOfTask(task));
        assertThat(client.logOfTask(task)).contains("No space left");
    }

    /** Not from the list of containers: an engine that can't store a state lists the one before. */
    private static String status(String container) {
        return engine.in("inspect", "--format", "{{.State.Status}}", container);
    }

    private static String written() {
        return "before\nNo space left on device\n"
                + IntStream.rangeClosed(1, LINES)
                        .mapToObj(i -> "line " + i + "\n")
                        .collect(Collectors.joining());
    }
}
