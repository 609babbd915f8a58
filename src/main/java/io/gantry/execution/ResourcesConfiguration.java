package io.gantry.execution;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.util.DataSize;
import io.dropwizard.validation.MinDataSize;
import io.dropwizard.validation.ValidationMethod;
import io.gantry.task.ResourceLimits;
import io.gantry.task.Resources;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What one container may use: without a word of its task, and at most.
 *
 * @param cpus processors, fractions allowed
 * @param memory without any swap on top
 * @param pids processes and threads
 * @param nofile open files of one process
 * @param shmSize of {@code /dev/shm}
 */
public record ResourcesConfiguration(
        @JsonProperty @NotNull @DecimalMin("0.01") BigDecimal cpus,
        @JsonProperty @NotNull @DecimalMin("0.01") BigDecimal mostCpus,
        @JsonProperty @NotNull @MinDataSize(6 << 20) DataSize memory,
        @JsonProperty @NotNull @MinDataSize(6 << 20) DataSize mostMemory,
        @JsonProperty @Min(4) long pids,
        @JsonProperty @Min(4) long mostPids,
        @JsonProperty @Min(16) long nofile,
        @JsonProperty @Min(16) long mostNofile,
        @JsonProperty @NotNull DataSize shmSize,
        @JsonProperty @NotNull DataSize mostShmSize) {

    private static final Resources USUAL = ResourceLimits.STANDARD.usual();
    private static final Resources MOST = ResourceLimits.STANDARD.most();

    @JsonCreator
    public ResourcesConfiguration(
            @Nullable BigDecimal cpus,
            @Nullable BigDecimal mostCpus,
            @Nullable DataSize memory,
            @Nullable DataSize mostMemory,
            @Nullable Long pids,
            @Nullable Long mostPids,
            @Nullable Long nofile,
            @Nullable Long mostNofile,
            @Nullable DataSize shmSize,
            @Nullable DataSize mostShmSize) {
        this(
                cpus == null ? USUAL.cpus() : cpus,
                mostCpus == null ? MOST.cpus() : mostCpus,
                memory == null ? mebibytes(USUAL.memory()) : memory,
                mostMemory == null ? gibibytes(MOST.memory()) : mostMemory,
                pids == null ? USUAL.pids() : pids.longValue(),
                mostPids == null ? MOST.pids() : mostPids.longValue(),
                nofile == null ? USUAL.nofile() : nofile.longValue(),
                mostNofile == null ? MOST.nofile() : mostNofile.longValue(),
                shmSize == null ? mebibytes(USUAL.shmSize()) : shmSize,
                mostShmSize == null ? gibibytes(MOST.shmSize()) : mostShmSize);
    }

    /** What holds where nothing is configured. */
    public static ResourcesConfiguration defaults() {
        return new ResourcesConfiguration(
                null, null, null, null, (Long) null, (Long) null, (Long) null, (Long) null, null, null);
    }

    private static DataSize mebibytes(long bytes) {
        return DataSize.mebibytes(bytes >> 20);
    }

    private static DataSize gibibytes(long bytes) {
        return DataSize.gibibytes(bytes >> 30);
    }

    @ValidationMethod(message = "no limit may be above its own \"most\"")
    @JsonIgnore
    public boolean isUsualWithinTheMost() {
        return usual().equals(usual().within(limits().most()));
    }

    private Resources usual() {
        return new Resources(cpus, memory.toBytes(), pids, nofile, shmSize.toBytes());
    }

    ResourceLimits limits() {
        return new ResourceLimits(
                usual(), new Resources(mostCpus, mostMemory.toBytes(), mostPids, mostNofile, mostShmSize.toBytes()));
    }
}
