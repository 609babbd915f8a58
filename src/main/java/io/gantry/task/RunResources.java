package io.gantry.task;

import io.gantry.jsonapi.Call;
import io.gantry.jsonapi.Resource;
import io.gantry.jsonapi.ResourceIdentifier;
import io.gantry.jsonapi.ResourceType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Runs as resources: what tasks need of whoever knows runs, to refer to them and to include them. */
public interface RunResources {

    /** How many runs of one task are included at most, the newest. */
    int MOST_PER_TASK = 20;

    ResourceType type();

    /** Those of the runs that exist. */
    List<Resource> list(Call call, Collection<UUID> runs);

    /** The newest runs of each task, newest first; a task without an entry has none. */
    Map<TaskId, List<Resource>> listNewest(Call call, Collection<TaskId> tasks);

    default ResourceIdentifier identifier(UUID run) {
        return type().identifier(run.toString());
    }
}
