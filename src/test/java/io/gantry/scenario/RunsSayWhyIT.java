package io.gantry.scenario;

import static io.gantry.scenario.ScenarioAssertions.assertThat;
import static io.gantry.scenario.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class RunsSayWhyIT {

    @RegisterExtension
    static final GantryExtension gantry =
            GantryExtension.with(GantrySettings.aGantry().maxRunning(1).maxTasks(4));

    @RegisterExtension
    static final GantryExtension stranded =
            GantryExtension.with(GantrySettings.aGantry().dockerHost("unix:///nowhere/docker.sock"));

    private final GantryClient client = gantry.client();

    @Test
    void they_wait_or_go_on_or_ended() {
        String running = client.create(aTask().command("sleep 600"));
        client.awaitStart(running);
        String next = client.create(aTask().with("queueTimeout", "10m"));
        String last = client.create(aTask());

        assertThat(explanation(running))
                .startsWith("Its container has been running since ")
                .contains("timeout 1h");
        assertThat(explanation(next)).startsWith("It is next in line; the only slot is taken, and it waits until ");
        assertThat(explanation(last)).isEqualTo("It is number 2 in line, with 1 ahead of it; the only slot is taken.");
        client.cancelTask(running);
        client.awaitEnd(running);
        assertThat(explanation(running))
                .startsWith("Its end was asked for by 127.0.0.1 at ")
                .contains("exited with 143");
        client.awaitEnd(last);
        assertThat(explanation(last)).isEqualTo("The command returned 0.");
        for (String task : new String[] {running, next, last}) {
            client.delete("/tasks/" + task);
        }
    }

    @Test
    void they_wait_for_an_engine_that_cannot_be_reached() {
        String task = stranded.client().create(aTask());

        await().atMost(Duration.ofSeconds(20))
                .until(() -> stranded.client()
                        .run(stranded.client().latestRunOf(task))
                        .attribute("explanation")
                        .asText()
                        .matches("It is next in line; the container engine of node .* can't be reached since 20.*"));
    }

    @Test
    void a_dry_run_tells_what_would_happen_and_stores_nothing() {
        JsonNode meta = dryRun(aTask().with("resources", Map.of("pids", 50)));

        assertThat(meta.at("/attributes/resources/pids").asInt()).isEqualTo(50);
        assertThat(meta.at("/attributes/resources/memory").asText()).isEqualTo("512MiB");
        assertThat(meta.at("/attributes/timeout").asText()).isEqualTo("1h");
        assertThat(meta.at("/attributes/sandbox").asText()).isEqualTo("standard");
        assertThat(meta.at("/image/reference").asText()).isEqualTo("docker.io/library/busybox:latest");
        assertThat(meta.at("/image/present").asBoolean()).isTrue();
        assertThat(meta.at("/image/pull").asBoolean(true)).isFalse();
        assertThat(meta.at("/queue/slots").asInt()).isEqualTo(1);
        assertThat(meta.at("/tasks/limit").asInt()).isEqualTo(4);
        assertThat(meta.at("/explanation").asText()).contains("its image is there");
        assertThat(client.get("/tasks").json().at("/meta/total").asInt())
                .isEqualTo(meta.at("/tasks/stored").asInt());
        assertThat(dryRun(aTask().image("127.0.0.1:1/nothing").with("pullPolicy", "never"))
                        .at("/explanation")
                        .asText())
                .contains("it would fail");
    }

    @Test
    void a_dry_run_finds_the_mistakes_that_a_creation_would_find() {
        assertThat(client.post(
                        "/tasks?dryRun=true", aTask().with("sandbox", "none").toJson()))
                .hasStatus(422)
                .hasError("invalid-attribute")
                .at("/data/attributes/sandbox");
        assertThat(client.post("/tasks?dryRun=maybe", aTask().toJson()))
                .hasStatus(400)
                .hasError("invalid-parameter")
                .at("dryRun");
    }

    @Test
    void a_dry_run_without_an_engine_says_that_it_does_not_know() {
        Answer answer = stranded.client().post("/tasks?dryRun=true", aTask().toJson());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().at("/meta/image/present").isNull()).isTrue();
    }

    @Test
    void a_dry_run_says_that_the_engine_refuses_the_image() {
        JsonNode meta = dryRun(aTask().image("[2001:db8::1]:5000/tool"));

        assertThat(meta.at("/image/present").isNull()).isTrue();
        assertThat(meta.at("/image/pull").asBoolean(true)).isFalse();
        assertThat(meta.at("/explanation").asText())
                .contains("it would fail, since the container engine refuses its image (")
                .contains("invalid reference format");
    }

    private JsonNode dryRun(TaskBuilder task) {
        Answer answer = client.post("/tasks?dryRun=true", task.toJson());
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.json().has("data")).isFalse();
        return answer.json().path("meta");
    }

    private String explanation(String task) {
        return client.run(client.latestRunOf(task)).attribute("explanation").asText();
    }
}
