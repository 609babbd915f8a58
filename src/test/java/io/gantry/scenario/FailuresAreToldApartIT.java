package io.gantry.scenario;

import static io.gantry.scenario.ScenarioAssertions.assertThat;
import static io.gantry.scenario.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.engine.docker.TestRegistry;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class FailuresAreToldApartIT {

    @RegisterExtension
    static final GantryExtension gantry =
            GantryExtension.with(GantrySettings.aGantry().with("execution.resources.mostCpus", "1000000"));

    private final GantryClient client = gantry.client();

    @Test
    void the_command_returned_something_else_than_zero() {
        assertFailure(aTask().command("exit 3"), "exit-code").hasAttribute("exitCode", 3);
    }

    @Test
    void the_command_is_not_there() {
        assertFailure(aTask().exec("no-such-command"), "command-not-found").hasNull("exitCode");
    }

    @Test
    void the_command_may_not_be_executed() {
        assertFailure(aTask().exec("/etc/passwd"), "command-not-found").hasNull("exitCode");
    }

    @Test
    void a_shell_that_finds_no_command_has_run_itself() {
        assertFailure(aTask().command("no-such-command"), "exit-code").hasAttribute("exitCode", 127);
    }

    @Test
    void the_registry_does_not_have_the_image() throws Exception {
        try (TestRegistry registry = TestRegistry.start()) {
            assertFailure(aTask().image(registry.image("nothing:1")), "image-not-found")
                    .hasNull("exitCode")
                    .hasNull("startedAt");
        }
    }

    @Test
    void the_registry_cannot_be_reached() {
        assertFailure(aTask().image("127.0.0.1:1/nothing:1"), "image-pull-failed")
                .hasNull("startedAt");
    }

    @Test
    void its_working_directory_cannot_be_whatever_it_is_called() {
        assertFailure(aTask().with("workingDirectory", "/etc/passwd/shutting down"), "engine-error")
                .hasNull("startedAt");
    }

    @Test
    void its_user_is_not_there_whatever_it_is_called() {
        assertFailure(aTask().with("user", "network"), "command-not-found").hasNull("exitCode");
    }

    @Test
    void it_asks_for_more_processors_than_the_engines_host_has() {
        int processors = Integer.parseInt(
                DockerCommand.docker("info", "--format", "{{.NCPU}}").strip());
        String id = client.create(aTask().with("resources", Map.of("cpus", processors + 1)));

        Answer run = client.awaitEnd(id);
        assertThat(run).hasAttribute("failure.code", "engine-error").hasNull("startedAt");
        assertThat(run.attribute("explanation").asText()).contains("CPUs available");
    }

    @Test
    void it_ran_out_of_memory() {
        assertFailure(aTask().command("head -c 900000000 /dev/zero | tail"), "out-of-memory")
                .hasAttribute("exitCode", 137);
    }

    @Test
    void someone_else_killed_the_container() {
        String task = client.create(aTask().command("sleep 60"));
        Answer run = client.awaitStart(task);
        DockerCommand.docker("kill", run.attribute("containerId").asText());

        assertThat(client.awaitEnd(task))
                .hasAttribute("status", "failed")
                .hasAttribute("failure.code", "container-lost");
    }

    @Test
    void someone_else_removed_the_container() {
        String task = client.create(aTask().command("sleep 60"));
        Answer run = client.awaitStart(task);
        DockerCommand.docker("rm", "--force", run.attribute("containerId").asText());

        assertThat(client.awaitEnd(task))
                .hasAttribute("status", "failed")
                .hasAttribute("failure.code", "container-lost");
    }

    @Test
    void a_task_that_kills_itself_has_an_exit_code_like_any_other() {
        assertFailure(aTask().command("sh -c 'kill -9 $$'; exit $?"), "exit-code")
                .hasAttribute("exitCode", 137);
    }

    private AnswerAssert assertFailure(TaskBuilder task, String code) {
        String id = client.create(task);
        return assertThat(client.awaitEnd(id)).hasAttribute("status", "failed").hasAttribute("failure.code", code);
    }
}
