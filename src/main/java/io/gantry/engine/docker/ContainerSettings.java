package io.gantry.engine.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.RestartPolicy;
import com.github.dockerjava.api.model.Ulimit;
import io.gantry.engine.ContainerPlan;
import io.gantry.engine.ContainerPlan.Isolation;
import io.gantry.engine.ContainerPlan.Limits;
import io.gantry.engine.ContainerPlan.LogRetention;
import io.gantry.engine.ContainerPlan.RootFileSystem;
import java.util.List;
import java.util.Map;

/** How a plan is put to Docker. */
final class ContainerSettings {

    /** What the {@code local} driver needs at most for one byte of output: an empty line takes 26 bytes. */
    private static final long LOG_BYTES_PER_BYTE = 32;

    private static final long SMALLEST_LOG = 64 * 1024;

    private static final Ulimit NO_CORE_DUMPS = new Ulimit("core", 0L, 0L);
    private static final String SMALL_TMP = "rw,noexec,nosuid,nodev,size=64m,mode=1777";

    private ContainerSettings() {}

    static CreateContainerCmd command(DockerClient client, ContainerPlan plan) {
        CreateContainerCmd command = client.createContainerCmd(plan.image())
                .withName(plan.name().value())
                .withEnv(environment(plan.environment()))
                .withLabels(plan.labels())
                .withHostConfig(hostConfig(plan));
        plan.entrypoint().ifPresent(command::withEntrypoint);
        plan.workingDirectory().ifPresent(command::withWorkingDir);
        plan.user().ifPresent(command::withUser);
        return plan.command().isEmpty() ? command : command.withCmd(plan.command());
    }

    private static List<String> environment(Map<String, String> variables) {
        return variables.entrySet().stream()
                .map(variable -> variable.getKey() + "=" + variable.getValue())
                .toList();
    }

    private static HostConfig hostConfig(ContainerPlan plan) {
        Limits limits = plan.limits();
        Isolation isolation = plan.isolation();
        HostConfig host = HostConfig.newHostConfig()
                .withInit(true)
                .withAutoRemove(false)
                .withRestartPolicy(RestartPolicy.noRestart())
                .withPrivileged(false)
                .withMemory(limits.memoryBytes())
                .withMemorySwap(limits.memoryBytes())
                .withNanoCPUs(limits.nanoCpus())
                .withPidsLimit(limits.pids())
                .withShmSize(limits.shmBytes())
                .withUlimits(List.of(new Ulimit("nofile", limits.files(), limits.files()), NO_CORE_DUMPS))
                .withSecurityOpts(List.of("no-new-privileges"))
                .withCapDrop(Capability.ALL)
                .withCapAdd(isolation.capabilities().stream()
                        .map(Capability::valueOf)
                        .toArray(Capability[]::new))
                .withNetworkMode(isolation.network())
                .withLogConfig(logConfig(plan.log()));
        isolation.runtime().ifPresent(host::withRuntime);
        return isolation.root() == RootFileSystem.READ_ONLY
                ? host.withReadonlyRootfs(true).withTmpFs(Map.of("/tmp", SMALL_TMP))
                : host;
    }

    /**
     * One file, large enough that nothing of what must be kept is rotated away. It is not compressed since that needs a
     * second file.
     */
    private static LogConfig logConfig(LogRetention retention) {
        long size = Math.max(SMALLEST_LOG, Math.multiplyExact(retention.bytes(), LOG_BYTES_PER_BYTE));
        return new LogConfig(
                LogConfig.LoggingType.LOCAL,
                Map.of("max-size", Long.toString(size), "max-file", "1", "compress", "false"));
    }
}
