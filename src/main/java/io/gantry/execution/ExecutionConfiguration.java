package io.gantry.execution;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.validation.ValidationMethod;
import io.gantry.task.ConfinementPolicy;
import io.gantry.task.ImagePatterns;
import io.gantry.task.RetryLimits;
import io.gantry.task.Sandbox;
import io.gantry.task.TaskPolicy;
import io.gantry.task.TimeLimits;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What containers may do and use.
 *
 * @param network of a task that doesn't say
 * @param networks that a task may say
 * @param sandbox the profile of a task that doesn't say
 * @param leastSandbox the loosest profile that a task may say
 * @param capabilities what a container of the standard profile keeps; everything else is dropped
 * @param images patterns of the images that a task may name
 * @param runtime of a task that doesn't say; null is the engine's own choice
 * @param runtimes that a task may say
 */
public record ExecutionConfiguration(
        @JsonProperty @NotNull @Valid ResourcesConfiguration resources,

        @JsonProperty @NotNull @Pattern(regexp = NETWORK) String network,

        @JsonProperty @NotNull List<@Pattern(regexp = NETWORK) String> networks,
        @JsonProperty @NotNull Sandbox sandbox,
        @JsonProperty @NotNull Sandbox leastSandbox,
        @JsonProperty @NotNull List<@Pattern(regexp = CAPABILITY) String> capabilities,
        @JsonProperty @NotNull List<@NotBlank String> images,
        @JsonProperty @Nullable String runtime,
        @JsonProperty @NotNull List<@NotBlank String> runtimes) {

    /** Never the host's own, nor another container's. */
    private static final String NETWORK = "(?!host$|default$)[a-zA-Z0-9][a-zA-Z0-9_.-]*";

    /** All that Linux has, by the names that {@code docker run --cap-add} knows; with one that it doesn't no run would start. */
    private static final String CAPABILITY =
            "ALL|AUDIT_CONTROL|AUDIT_READ|AUDIT_WRITE|BLOCK_SUSPEND|BPF|CHECKPOINT_RESTORE"
                    + "|CHOWN|DAC_OVERRIDE|DAC_READ_SEARCH|FOWNER|FSETID|IPC_LOCK|IPC_OWNER|KILL|LEASE|LINUX_IMMUTABLE|MAC_ADMIN"
                    + "|MAC_OVERRIDE|MKNOD|NET_ADMIN|NET_BIND_SERVICE|NET_BROADCAST|NET_RAW|PERFMON|SETFCAP|SETGID|SETPCAP|SETUID"
                    + "|SYSLOG|SYS_ADMIN|SYS_BOOT|SYS_CHROOT|SYS_MODULE|SYS_NICE|SYS_PACCT|SYS_PTRACE|SYS_RAWIO|SYS_RESOURCE"
                    + "|SYS_TIME|SYS_TTY_CONFIG|WAKE_ALARM";

    /** Docker's default set without what reaches the network below TCP, makes devices, or writes the audit log. */
    private static final List<String> CAPABILITIES = List.of(
            "CHOWN",
            "DAC_OVERRIDE",
            "FOWNER",
            "FSETID",
            "KILL",
            "NET_BIND_SERVICE",
            "SETFCAP",
            "SETGID",
            "SETPCAP",
            "SETUID",
            "SYS_CHROOT");

    private static final ConfinementPolicy USUAL = ConfinementPolicy.STANDARD;

    @JsonCreator
    public ExecutionConfiguration(
            @Nullable ResourcesConfiguration resources,
            @Nullable String network,
            @Nullable List<String> networks,
            @Nullable Sandbox sandbox,
            @Nullable Sandbox leastSandbox,
            @Nullable List<String> capabilities,
            @Nullable List<String> images,
            @Nullable String runtime,
            @Nullable List<String> runtimes) {
        this.resources = resources == null ? ResourcesConfiguration.defaults() : resources;
        this.network = network == null ? USUAL.network() : network;
        this.networks = networks == null ? USUAL.networks() : List.copyOf(networks);
        this.sandbox = sandbox == null ? USUAL.usual() : sandbox;
        this.leastSandbox = leastSandbox == null ? USUAL.least() : leastSandbox;
        this.capabilities = capabilities == null ? CAPABILITIES : List.copyOf(capabilities);
        this.images = images == null ? ImagePatterns.ANY.patterns() : List.copyOf(images);
        this.runtime = runtime == null || runtime.isEmpty() ? null : runtime;
        this.runtimes = runtimes == null ? USUAL.runtimes() : List.copyOf(runtimes);
    }

    /** What holds where nothing is configured. */
    public static ExecutionConfiguration defaults() {
        return new ExecutionConfiguration(null, null, null, null, null, null, null, null, null);
    }

    @ValidationMethod(message = "sandbox must not be looser than leastSandbox")
    @JsonIgnore
    public boolean isSandboxTightEnough() {
        return sandbox.compareTo(leastSandbox) >= 0;
    }

    @ValidationMethod(message = "network must be one of networks")
    @JsonIgnore
    public boolean isNetworkAllowed() {
        return networks.contains(network);
    }

    /** What tasks may ask for. */
    public TaskPolicy policy(TimeLimits times, RetryLimits retries) {
        return new TaskPolicy(
                times,
                resources.limits(),
                retries,
                new ConfinementPolicy(sandbox, leastSandbox, network, networks, Optional.ofNullable(runtime), runtimes),
                new ImagePatterns(images));
    }
}
