package io.gantry.task;

import io.gantry.jsonapi.Call;
import io.gantry.jsonapi.Resource;
import io.gantry.jsonapi.ResourceIdentifier;
import io.gantry.jsonapi.ResourceType;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Runs as resources: what tasks need of whoever knows runs, to refer to them and to include them. */
public interface LatestRuns {

    ResourceType type();

    /** Those of the runs that exist, in the view of the caller's transaction. */
    List<Resource> list(Handle handle, Call call, Collection<UUID> runs);

    default ResourceIdentifier identifier(UUID run) {
        return type().identifier(run.toString());
    }
}
