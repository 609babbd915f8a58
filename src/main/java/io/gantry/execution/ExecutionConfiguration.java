package io.gantry.execution;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.util.DataSize;
import io.gantry.engine.ContainerPlan.Isolation;
import io.gantry.engine.ContainerPlan.Limits;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What every container gets.
 *
 * @param memory memory and swap together
 * @param cpus processors, fractions allowed
 * @param pids processes and threads
 * @param network {@code bridge} or {@code none}
 * @param capabilities what a container keeps; everything else is dropped
 */
public record ExecutionConfiguration(
        @JsonProperty @NotNull DataSize memory,
        @JsonProperty @NotNull @DecimalMin("0.01") BigDecimal cpus,
        @JsonProperty @Min(1) long pids,

        @JsonProperty @NotNull @Pattern(regexp = "bridge|none")
        String network,

        @JsonProperty @NotNull List<String> capabilities) {

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

    @JsonCreator
    public ExecutionConfiguration(
            @Nullable DataSize memory,
            @Nullable BigDecimal cpus,
            @Nullable Long pids,
            @Nullable String network,
            @Nullable List<String> capabilities) {
        this(
                memory == null ? DataSize.mebibytes(512) : memory,
                cpus == null ? BigDecimal.ONE : cpus,
                pids == null ? 256L : pids.longValue(),
                network == null ? "bridge" : network,
                capabilities == null ? CAPABILITIES : List.copyOf(capabilities));
    }

    /** What holds where nothing is configured. */
    public static ExecutionConfiguration defaults() {
        return new ExecutionConfiguration(null, null, (Long) null, null, null);
    }

    Limits limits() {
        return new Limits(memory.toBytes(), cpus.movePointRight(9).longValue(), pids);
    }

    Isolation isolation() {
        return new Isolation(network, capabilities);
    }
}
