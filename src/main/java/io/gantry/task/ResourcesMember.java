package io.gantry.task;

import java.math.BigDecimal;

/** What a container may use, in the words of the API. */
public record ResourcesMember(BigDecimal cpus, String memory, long pids, long nofile, String shmSize) {

    public static ResourcesMember of(Resources resources) {
        return new ResourcesMember(
                resources.cpus(),
                SizeText.format(resources.memory()),
                resources.pids(),
                resources.nofile(),
                SizeText.format(resources.shmSize()));
    }
}
