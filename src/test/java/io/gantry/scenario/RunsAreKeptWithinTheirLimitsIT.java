package io.gantry.scenario;

import static io.gantry.scenario.ScenarioAssertions.assertThat;
import static io.gantry.scenario.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class RunsAreKeptWithinTheirLimitsIT {

    private static final String NETWORK = "gantry-test-" + UUID.randomUUID();

    @RegisterExtension
    static final GantryExtension gantry = GantryExtension.with(GantrySettings.aGantry()
            .with("execution.resources.mostMemory", "1GiB")
            .with("execution.resources.mostCpus", "2")
            .with("execution.networks", "bridge,none," + NETWORK));

    private final GantryClient client = gantry.client();

    @Test
    void a_run_shows_what_it_may_use_and_the_engine_says_the_same() {
        String task = client.create(aTask().with(
                        "resources",
                        Map.of("cpus", 0.5, "memory", "128MiB", "pids", 40, "nofile", 200, "shmSize", "8MiB"))
                .with("labels", Map.of("team", "reporting", "io.example/x", ""))
                .command("sleep 60"));

        Answer run = client.awaitStart(task);
        assertThat(run)
                .hasAttribute("resources.cpus", 0.5)
                .hasAttribute("resources.memory", "128MiB")
                .hasAttribute("resources.pids", 40)
                .hasAttribute("resources.nofile", 200)
                .hasAttribute("resources.shmSize", "8MiB");
        String container = run.attribute("containerId").asText();
        assertThat(inspect(
                        container,
                        "{{.HostConfig.NanoCpus}} {{.HostConfig.Memory}} {{.HostConfig.MemorySwap}}"
                                + " {{.HostConfig.PidsLimit}} {{.HostConfig.ShmSize}}"
                                + "{{range .HostConfig.Ulimits}} {{.Name}} {{.Soft}} {{.Hard}}{{end}}"))
                .isEqualTo("500000000 134217728 134217728 40 8388608 nofile 200 200 core 0 0");
        assertThat(inspect(container, "{{index .Config.Labels \"team\"}}{{index .Config.Labels \"io.example/x\"}}"))
                .isEqualTo("reporting");
        client.cancelTask(task);
    }

    @Test
    void what_is_left_out_is_as_the_operator_decided() {
        assertThat(client.post(aTask().with("resources", Map.of("pids", 40))))
                .hasStatus(201)
                .hasAttribute("resources.pids", 40)
                .hasAttribute("resources.memory", "512MiB");
    }

    @Test
    void a_wish_above_a_ceiling_is_refused_and_the_ceiling_named() {
        assertThat(client.post(aTask().with("resources", Map.of("memory", "1025MiB", "cpus", 2.5))))
                .hasStatus(422)
                .hasErrors(2)
                .hasError("invalid-attribute")
                .at("/data/attributes/resources/memory")
                .saying("1GiB, the most that the operator allows")
                .at("/data/attributes/resources/cpus")
                .saying("2, the most that the operator allows");
    }

    @Test
    void a_snapshot_of_them_stays_with_each_run() {
        String task = client.create(aTask().with("resources", Map.of("memory", "64MiB")));
        Answer first = client.awaitEnd(task);

        assertThat(client.change(task, Map.of("resources", Map.of("memory", "96MiB"))))
                .hasStatus(200);
        client.runAgain(task);

        assertThat(client.awaitEnd(task)).hasAttribute("resources.memory", "96MiB");
        assertThat(client.run(first.id())).hasAttribute("resources.memory", "64MiB");
    }

    @Test
    void a_child_that_needs_too_much_memory_is_why_the_run_failed() {
        String task = client.create(aTask().with("resources", Map.of("memory", "64MiB"))
                .command("head -c 200000000 /dev/zero | tail > /dev/null || exit 3"));

        Answer run = client.awaitEnd(task);
        assertThat(run).hasAttribute("status", "failed").hasAttribute("failure.code", "out-of-memory");
        assertThat(run.attribute("failure.detail").asText()).contains("64MiB");
        // The kernel mostly kills the child alone, but now and then the shell too.
        assertThat(run.attribute("exitCode").asInt()).isIn(3, 137);
    }

    @Test
    void no_more_processes_and_open_files_than_allowed() {
        String task = client.create(aTask().with("resources", Map.of("pids", 10, "nofile", 16))
                .command("ulimit -n; i=0; while [ $i -lt 20 ]; do sleep 3 & i=$((i+1)); done; wait"));

        Answer run = client.awaitEnd(task);
        assertThat(run).hasAttribute("logComplete", true);
        // Two pipes lead out of a container; which line was written first isn't known.
        assertThat(client.log(run.id(), "stdout")).isEqualTo("16\n");
        assertThat(client.log(run.id(), "stderr")).contains("can't fork");
    }

    @Test
    void a_network_that_the_operator_made_is_the_containers() {
        DockerCommand.docker("network", "create", NETWORK);
        try {
            String task = client.create(aTask().with("network", NETWORK).command("sleep 60"));
            Answer run = client.awaitStart(task);

            assertThat(run).hasAttribute("network", NETWORK);
            assertThat(inspect(
                            run.attribute("containerId").asText(),
                            "{{range $name, $it := .NetworkSettings.Networks}}{{$name}}{{end}}"))
                    .isEqualTo(NETWORK);
            client.cancelTask(task);
            client.awaitEnd(task);
        } finally {
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> DockerCommand.docker("network", "rm", NETWORK));
        }
    }

    private static String inspect(String container, String format) {
        return DockerCommand.docker("inspect", "--format", format, container);
    }
}
