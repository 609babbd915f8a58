package io.gantry.task;

import java.math.BigDecimal;

/**
 * What one container may use. Its JSON form is what the database keeps.
 *
 * @param cpus processors, fractions allowed
 * @param memory bytes of memory; there is no swap on top
 * @param pids processes and threads
 * @param nofile open files of one process
 * @param shmSize bytes of {@code /dev/shm}, which count as memory once they are used
 */
public record Resources(BigDecimal cpus, long memory, long pids, long nofile, long shmSize) {

    /** A number has one form, whatever was written: 1.50 is 1.5. */
    public Resources {
        cpus = cpus.stripTrailingZeros().scale() < 0 ? cpus.setScale(0) : cpus.stripTrailingZeros();
    }

    /** What is left of a wish under a ceiling. */
    public Resources within(Resources most) {
        return new Resources(
                cpus.min(most.cpus),
                Math.min(memory, most.memory),
                Math.min(pids, most.pids),
                Math.min(nofile, most.nofile),
                Math.min(shmSize, most.shmSize));
    }
}
