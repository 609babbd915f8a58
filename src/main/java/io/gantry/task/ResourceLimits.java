package io.gantry.task;

import java.math.BigDecimal;

/**
 * What containers may use, as the operator decides.
 *
 * @param usual for a task that doesn't say
 * @param most the ceiling of what a task may say
 */
public record ResourceLimits(Resources usual, Resources most) {

    private static final long MIB = 1 << 20;

    /** What holds where nothing is configured. */
    public static final ResourceLimits STANDARD = new ResourceLimits(
            new Resources(BigDecimal.ONE, 512 * MIB, 256, 1024, 64 * MIB),
            new Resources(BigDecimal.valueOf(64), 64 * 1024 * MIB, 32_768, 65_536, 4096 * MIB));
}
