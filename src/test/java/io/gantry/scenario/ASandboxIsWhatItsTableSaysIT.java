package io.gantry.scenario;

import static io.gantry.scenario.ScenarioAssertions.assertThat;
import static io.gantry.scenario.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gantry.database.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A probe looks around in its container, and what it sees is held against the table of {@code docs/sandbox.md}. */
final class ASandboxIsWhatItsTableSaysIT {

    private static final Path TABLE = Path.of("docs", "sandbox.md");

    @RegisterExtension
    static final GantryExtension gantry = GantryExtension.started();

    @RegisterExtension
    static final GantryExtension tight = GantryExtension.with(GantrySettings.aGantry()
            .with("execution.sandbox", "strict")
            .with("execution.leastSandbox", "strict")
            .with("execution.runtimes", "runc,no-such-runtime")
            .with("execution.images", "docker.io/library/busy*"));

    @RegisterExtension
    static final TestDatabase database = TestDatabase.migrated();

    private final GantrySettings settings = GantrySettings.aGantry().database(database);

    @RegisterExtension
    final GantryProcess loose = GantryProcess.with(settings);

    @ParameterizedTest
    @CsvSource({"standard, 1", "strict, 2"})
    void every_row_of_it(String profile, int column) throws IOException {
        GantryClient client = gantry.client();
        String task = client.create(aTask().with("sandbox", profile).command(Probe.SCRIPT + "; sleep 600"));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> client.logOfTask(task).contains("end=\n"));

        Probe probe = new Probe(client.logOfTask(task), client.awaitStart(task));

        assertThat(probe.findings()).isEqualTo(column(column));
        client.cancelTask(task);
    }

    @Test
    void a_task_that_says_nothing_gets_the_operators_profile_and_cannot_ask_for_less() {
        GantryClient client = tight.client();
        assertThat(client.awaitEnd(client.create(aTask().command("id -u"))))
                .hasAttribute("status", "succeeded")
                .hasAttribute("sandbox", "strict")
                .hasAttribute("network", "none");

        assertThat(client.post(aTask().with("sandbox", "standard")))
                .hasStatus(422)
                .hasErrors(1)
                .hasError("invalid-attribute")
                .at("/data/attributes/sandbox")
                .saying("strict");
    }

    @Test
    void a_strict_user_without_a_group_is_not_in_roots() {
        GantryClient client = gantry.client();
        String task = client.create(
                aTask().with("sandbox", "strict").with("user", "1000").command("id -u; id -g; id -G"));

        assertThat(client.awaitEnd(task)).hasAttribute("status", "succeeded");
        assertThat(client.logOfTask(task)).isEqualTo("1000\n1000\n1000\n");
    }

    @Test
    void only_images_that_the_operator_allows() {
        assertThat(tight.client().post(aTask().image("docker.io/other/busybox")))
                .hasStatus(422)
                .hasErrors(1)
                .hasError("invalid-attribute")
                .at("/data/attributes/image")
                .saying("docker.io/library/busy*");
    }

    @Test
    void a_stored_task_whose_image_is_not_allowed_any_more_is_not_run_again() {
        GantryClient client = loose.start().client();
        String task = client.create(aTask());
        client.awaitEnd(task);
        loose.stop();

        settings.with("execution.images", "ghcr.io/**");
        loose.start();

        assertThat(client.runAgain(task)).hasStatus(403).hasError("forbidden").saying("ghcr.io/**");
    }

    @Test
    void a_runtime_that_the_operator_allows_is_the_containers() {
        GantryClient client = tight.client();
        String task = client.create(aTask().with("runtime", "runc").command("sleep 60"));

        Answer run = client.awaitStart(task);
        assertThat(run).hasAttribute("runtime", "runc");
        assertThat(DockerCommand.docker(
                        "inspect",
                        "--format",
                        "{{.HostConfig.Runtime}}",
                        run.attribute("containerId").asText()))
                .isEqualTo("runc");
        client.cancelTask(task);
    }

    @Test
    void a_runtime_that_the_engine_does_not_know_is_the_engines_refusal() {
        GantryClient client = tight.client();
        String task = client.create(aTask().with("runtime", "no-such-runtime"));

        assertThat(client.awaitEnd(task)).hasAttribute("status", "failed").hasAttribute("failure.code", "engine-error");
        assertThat(client.task(task).attribute("lastRun.failure.detail").asText())
                .contains("no-such-runtime");
    }

    /** The table's rows, by their first column. */
    private static Map<String, String> column(int column) throws IOException {
        try (Stream<String> lines = Files.lines(TABLE)) {
            Map<String, String> rows = new LinkedHashMap<>();
            lines.filter(line -> line.startsWith("| ") && !line.startsWith("| ---"))
                    .skip(1)
                    .map(line -> line.split("\\|"))
                    .forEach(cells -> rows.put(cells[1].strip(), cells[column + 1].strip()));
            return rows;
        }
    }

    /** What a container says of itself, and the engine of it. */
    private static final class Probe {

        static final String SCRIPT = String.join(
                "; ",
                "say() { echo \"$1=$(eval \"$2\" 2>/dev/null | tr '\\n' ' ' | sed 's/ *$//')\"",
                "}",
                "first() { for f in \"$@\"; do [ -f $f ] && cat $f && return; done; }",
                "say user 'echo $(id -u):$(id -g)'",
                "say caps 'grep CapPrm /proc/self/status | cut -f2'",
                "say bound 'grep CapBnd /proc/self/status | cut -f2'",
                "say privs 'grep NoNewPrivs /proc/self/status | cut -f2'",
                "say seccomp 'grep Seccomp: /proc/self/status | cut -f2'",
                "say root 'touch /probe && echo writable || echo read-only'",
                "say tmp 'grep \" /tmp \" /proc/mounts | cut -d\" \" -f4'",
                "say shm 'df -k /dev/shm | tail -1 | tr -s \" \" | cut -d\" \" -f2'",
                "say net 'ls /sys/class/net | grep -v -e tunl -e sit -e ip6 -e gre -e erspan -e vti'",
                "say memory 'first /sys/fs/cgroup/memory/memory.limit_in_bytes /sys/fs/cgroup/memory.max'",
                "say swap 'first /sys/fs/cgroup/memory/memory.memsw.limit_in_bytes /sys/fs/cgroup/memory.swap.max'",
                "say cpu 'first /sys/fs/cgroup/cpu/cpu.cfs_quota_us /sys/fs/cgroup/cpu.max | cut -d\" \" -f1'",
                "say pids 'first /sys/fs/cgroup/pids/pids.max /sys/fs/cgroup/pids.max'",
                "say nofile 'ulimit -Hn'",
                "say core 'ulimit -Hc'",
                "say init 'cat /proc/1/comm'",
                "for n in pid ipc net uts mnt; do say ns-$n \"readlink /proc/self/ns/$n\"; done",
                "say blocks 'find /dev -type b'",
                "say socket 'find / -xdev -name docker.sock'",
                "echo end=");

        private final Map<String, String> said;
        private final Answer run;

        Probe(String log, Answer run) {
            this.said = log.lines()
                    .map(line -> line.split("=", 2))
                    .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
            this.run = run;
        }

        Map<String, String> findings() throws IOException {
            Map<String, String> found = new LinkedHashMap<>();
            found.put("user", said("user").equals("0:0") ? "the image's" : said("user"));
            found.put("capabilities", capabilities());
            found.put("new privileges", said("privs").equals("1") ? "never" : "possible");
            found.put("system call filter", said("seccomp").equals("2") ? "on" : "off");
            found.put("root file system", said("root"));
            found.put("/tmp", tmp());
            found.put("/dev/shm", Long.parseLong(said("shm")) / 1024 + "MiB");
            found.put("network interfaces", said("net").replace(" ", ", "));
            found.put("memory", Long.parseLong(said("memory")) / (1 << 20) + "MiB" + swap());
            found.put("processors", Integer.toString(Integer.parseInt(said("cpu")) / 100_000));
            found.put("processes", said("pids"));
            found.put("open files", said("nofile"));
            found.put("core dumps", said("core").equals("0") ? "none" : said("core"));
            found.put("first process", said("init").contains("init") ? "the engine's init" : said("init"));
            found.put("namespaces shared with the host", sharedNamespaces());
            found.put("block devices", said("blocks").isEmpty() ? "none" : said("blocks"));
            found.put("mounts from the host", inspect("{{len .Mounts}}").equals("0") ? "none" : "some");
            found.put("the engine's socket", said("socket").isEmpty() ? "absent" : said("socket"));
            found.put("privileged", inspect("{{.HostConfig.Privileged}}").equals("false") ? "no" : "yes");
            found.put(
                    "restarts",
                    List.of("", "no").contains(inspect("{{.HostConfig.RestartPolicy.Name}}")) ? "never" : "some");
            return found;
        }

        private String said(String name) {
            return Optional.ofNullable(said.get(name)).orElseThrow();
        }

        /** Of root those that it has; of others those that they could ever get. */
        private String capabilities() {
            long held = Long.parseLong(said(said("user").equals("0:0") ? "caps" : "bound"), 16);
            String names = Stream.of(Capability.values())
                    .filter(capability -> (held & (1L << capability.bit)) != 0)
                    .map(Capability::name)
                    .collect(Collectors.joining(", "));
            long known =
                    Stream.of(Capability.values()).mapToLong(c -> 1L << c.bit).sum();
            assertThat(held & ~known)
                    .as("capabilities that the table can't name")
                    .isZero();
            return names.isEmpty() ? "none" : names;
        }

        private String tmp() {
            String options = said("tmp");
            if (options.isEmpty()) {
                return "in the root file system";
            }
            assertThat(options.split(",")).contains("noexec", "nosuid", "nodev", "size=65536k");
            return "64MiB in memory, noexec, nosuid, nodev";
        }

        private String swap() {
            boolean none = said("swap").equals("0") || said("swap").equals(said("memory"));
            boolean uncounted = said("swap").isEmpty(); // A kernel that doesn't count swap; the engine's word must do.
            String asked = inspect("{{eq .HostConfig.Memory .HostConfig.MemorySwap}}");
            return (none || uncounted) && asked.equals("true") ? ", no swap" : ", and swap";
        }

        private String sharedNamespaces() throws IOException {
            StringBuilder shared = new StringBuilder();
            for (String namespace : new String[] {"pid", "ipc", "net", "uts", "mnt"}) {
                Path own = Path.of("/proc/self/ns", namespace);
                if (Files.readSymbolicLink(own).toString().equals(said("ns-" + namespace))) {
                    shared.append(namespace);
                }
            }
            return shared.isEmpty() ? "none" : shared.toString();
        }

        private String inspect(String format) {
            return DockerCommand.docker(
                    "inspect", "--format", format, run.attribute("containerId").asText());
        }
    }

    /** Those that the table names, by their bits; see {@code capabilities(7)}. */
    private enum Capability {
        CHOWN(0),
        DAC_OVERRIDE(1),
        FOWNER(3),
        FSETID(4),
        KILL(5),
        SETGID(6),
        SETUID(7),
        SETPCAP(8),
        NET_BIND_SERVICE(10),
        SYS_CHROOT(18),
        SETFCAP(31);

        private final int bit;

        Capability(int bit) {
            this.bit = bit;
        }
    }
}
