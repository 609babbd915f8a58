package io.gantry.scenario;

import static io.gantry.scenario.ClientRequest.request;
import static io.gantry.scenario.DockerCommand.containersOfRun;
import static io.gantry.scenario.DockerCommand.docker;
import static io.gantry.scenario.GantrySettings.aGantry;
import static io.gantry.scenario.ScenarioAssertions.assertThat;
import static io.gantry.scenario.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a command may do to hurt: the run ends all the same, with the truth, and the other slot isn't held up. */
final class HostileContainersIT {

    @RegisterExtension
    static final GantryExtension gantry = GantryExtension.with(aGantry().logLimit("4MiB"));

    private final GantryClient client = gantry.client();

    @Test
    void a_fork_bomb_stays_within_its_processes_and_is_killed_on_request() {
        // A shell that can't fork gives up, so the one that shall be killed needs to fork no more.
        String bomb = client.create(aTask().command("trap '' TERM; f() { f | f & }; f & exec sleep 600")
                .stopGracePeriod("1s"));
        client.awaitStart(bomb);
        String neighbour = client.create(aTask().command("echo unharmed"));
        assertThat(client.awaitEnd(neighbour)).hasAttribute("status", "succeeded");
        assertThat(client.logOfTask(neighbour)).isEqualTo("unharmed\n");

        Instant asked = Instant.now();
        client.cancelTask(bomb);

        Answer run = client.awaitEnd(bomb);
        assertThat(run).hasAttribute("status", "cancelled").hasAttribute("exitCode", 137);
        assertThat(Duration.between(
                        asked, Instant.parse(run.attribute("finishedAt").asText())))
                .isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void who_closes_its_output_is_waited_for() {
        String task = client.create(aTask().command("echo before; exec >&- 2>&-; sleep 3; exit 5"));

        assertThat(client.awaitEnd(task))
                .hasAttribute("status", "failed")
                .hasAttribute("exitCode", 5)
                .hasAttribute("logComplete", true);
        assertThat(client.logOfTask(task)).isEqualTo("before\n");
    }

    @Test
    void orphans_end_with_the_container() {
        String task = client.create(aTask().command(
                        "for i in $(seq 100); do (sleep 0.01 &); done; (sleep 600; echo too late) & echo done"));

        assertThat(client.awaitEnd(task)).hasAttribute("status", "succeeded");
        assertThat(client.logOfTask(task)).isEqualTo("done\n");
    }

    /** The shell becomes a program that waits for none of its children, and ignores SIGTERM as it did. */
    @Test
    void zombies_end_with_the_container() {
        String task =
                client.create(aTask().command("trap '' TERM; for i in $(seq 100); do sleep 1 & done; exec sleep 600")
                        .stopGracePeriod("1s"));
        Answer started = client.awaitStart(task);
        long init = Long.parseLong(docker(
                "inspect",
                "--format",
                "{{.State.Pid}}",
                started.attribute("containerId").asText()));
        await().atMost(Duration.ofSeconds(30)).until(() -> zombies(init).size() == 100);
        List<ProcessHandle> processes = Stream.concat(
                        ProcessHandle.of(init).stream(),
                        ProcessHandle.of(init).orElseThrow().descendants())
                .toList();

        client.cancelTask(task);

        assertThat(client.awaitEnd(task)).hasAttribute("status", "cancelled").hasAttribute("exitCode", 137);
        assertThat(processes).hasSizeGreaterThan(100).noneMatch(ProcessHandle::isAlive);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> containersOfRun(started.id()).isEmpty());
    }

    private static List<ProcessHandle> zombies(long init) {
        return ProcessHandle.of(init)
                .orElseThrow()
                .descendants()
                .filter(HostileContainersIT::isZombie)
                .toList();
    }

    private static boolean isZombie(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"))
                    .contains(") Z ");
        } catch (IOException e) {
            return false;
        }
    }

    /** The system property {@code gantry.line} says how long it is; 1073741824 is a gibibyte. */
    @Test
    void an_endless_line_is_cut_at_the_limit() {
        long bytes = Long.getLong("gantry.line", 64_000_000);
        String task = client.create(aTask().command("head -c " + bytes + " /dev/zero | tr '\\000' x; exit 3"));

        Answer run = client.awaitEnd(task, Duration.ofMinutes(5));
        assertThat(run)
                .hasAttribute("status", "failed")
                .hasAttribute("exitCode", 3)
                .hasAttribute("logTruncated", true);
        assertThat(new String(client.log(run.id()), StandardCharsets.UTF_8).substring(0, 4 << 20))
                .matches("x+");
    }

    @Test
    void random_bytes_are_kept_as_they_are() throws NoSuchAlgorithmException {
        String task = client.create(
                aTask().command("head -c 2000000 /dev/urandom > /tmp/x; sha256sum < /tmp/x >&2; exec cat /tmp/x"));

        Answer run = client.awaitEnd(task);
        assertThat(run).hasAttribute("status", "succeeded").hasAttribute("logComplete", true);
        byte[] bytes = part(run.id(), "stdout").body();
        String sum =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        assertThat(bytes).hasSize(2_000_000);
        assertThat(part(run.id(), "stderr").text()).startsWith(sum);
    }

    @Test
    void output_right_before_the_end_is_never_lost() {
        List<String> tasks = IntStream.range(0, 12)
                .mapToObj(i -> client.create(aTask().exec("printf", "last words " + i)))
                .toList();

        for (int i = 0; i < tasks.size(); i++) {
            assertThat(client.awaitEnd(tasks.get(i)))
                    .hasAttribute("status", "succeeded")
                    .hasAttribute("logComplete", true);
            assertThat(client.logOfTask(tasks.get(i))).isEqualTo("last words " + i);
        }
    }

    private Answer part(String run, String stream) {
        return client.send(request("GET", "/runs/" + run + "/logs?stream=" + stream));
    }
}
