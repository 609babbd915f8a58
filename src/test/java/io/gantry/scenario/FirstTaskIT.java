package io.gantry.scenario;

import static io.gantry.scenario.DockerCommand.containersOfRun;
import static io.gantry.scenario.ScenarioAssertions.assertThat;
import static io.gantry.scenario.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class FirstTaskIT {

    @RegisterExtension
    static final GantryExtension gantry = GantryExtension.started();

    private final GantryClient client = gantry.client();

    @Test
    void a_posted_command_runs_and_leaves_its_log() {
        Answer created = client.post(aTask().named("Say hello").command("echo hello world"));

        assertThat(created).hasStatus(201).hasAttribute("title", "Say hello").hasAttribute("image", "busybox");
        assertThat(created.header("Location"))
                .contains(created.json().at("/data/links/self").asText());

        Answer run = client.awaitEnd(created.id());
        assertThat(run)
                .hasAttribute("status", "succeeded")
                .hasAttribute("exitCode", 0)
                .hasAttribute("attempt", 1)
                .hasAttribute("trigger", "create")
                .hasAttribute("image", "docker.io/library/busybox:latest")
                .hasAttribute("node", gantry.node())
                .hasAttribute("logBytes", 12)
                .hasAttribute("logComplete", true)
                .hasAttribute("logTruncated", false)
                .hasNull("failure")
                .hasNull("queuePosition");
        assertThat(client.log(run.id())).asString().isEqualTo("hello world\n");
        assertThat(client.task(created.id()))
                .hasAttribute("status", "succeeded")
                .hasAttribute("lastRun.id", run.id())
                .hasAttribute("lastRun.exitCode", 0);
        await().untilAsserted(() -> assertThat(containersOfRun(run.id())).isEmpty());
    }

    @Test
    void the_document_may_be_as_small_as_in_the_example() throws Exception {
        Answer created = client.send(ClientRequest.request("POST", "/tasks").body("application/json", """
                {"data": {"attributes": {"title": "Say hello", "image": "busybox", "command": "echo hello world"}}}"""));

        assertThat(created).hasStatus(201).hasAttribute("status", "queued");
        assertThat(new JsonMapper().readTree(created.body()).at("/data/type").asText())
                .isEqualTo("tasks");
        client.awaitEnd(created.id());
    }

    @Test
    void a_command_may_be_an_array_of_arguments() {
        String task = client.create(aTask().exec("echo", "two words", "$HOME", ""));

        client.awaitEnd(task);

        assertThat(client.logOfTask(task)).isEqualTo("two words $HOME \n");
    }

    @Test
    void the_process_gets_what_the_task_says() {
        String task = client.create(aTask().command("echo $GREETING from $(pwd) by $(id -u)")
                .with("environment", Map.of("GREETING", "hello"))
                .with("workingDirectory", "/tmp")
                .with("user", "65534"));

        client.awaitEnd(task);

        assertThat(client.logOfTask(task)).isEqualTo("hello from /tmp by 65534\n");
    }

    @Test
    void a_command_that_fails_says_how() {
        String task = client.create(aTask().command("echo broken >&2; exit 3"));

        assertThat(client.awaitEnd(task))
                .hasAttribute("status", "failed")
                .hasAttribute("failure.code", "exit-code")
                .hasAttribute("exitCode", 3);
        assertThat(client.logOfTask(task)).isEqualTo("broken\n");
    }

    @Test
    void a_task_can_run_again() {
        String task = client.create(aTask().command("echo again"));
        Answer first = client.awaitEnd(task);

        Answer second = client.runAgain(task);

        assertThat(second).hasStatus(201).hasAttribute("status", "queued").hasAttribute("trigger", "manual");
        assertThat(second.header("Location"))
                .contains(second.json().at("/data/links/self").asText());
        assertThat(client.awaitEnd(task)).hasAttribute("status", "succeeded");
        assertThat(client.get("/tasks/" + task + "/runs").ids()).isEqualTo(List.of(second.id(), first.id()));
    }

    @Test
    void waiting_for_the_end_takes_one_request() {
        Answer created = client.send(ClientRequest.request("POST", "/tasks")
                .header("Prefer", "wait=30")
                .body(aTask().command("echo done").toJson()));

        assertThat(created)
                .hasStatus(201)
                .hasHeader("Preference-Applied", "wait=30")
                .hasAttribute("status", "succeeded");
    }
}
