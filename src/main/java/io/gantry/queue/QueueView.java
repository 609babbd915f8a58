package io.gantry.queue;

import io.gantry.run.Run;
import java.util.List;

/**
 * The queue at one moment.
 *
 * @param running all runs that hold a slot, over all nodes, oldest first
 */
public record QueueView(boolean anyQueued, int maxRunning, List<Run> running) {

    public boolean claimable() {
        return anyQueued && running.size() < maxRunning;
    }
}
