package io.gantry.run;

import io.gantry.jsonapi.Call;
import io.gantry.jsonapi.Resource;
import io.gantry.jsonapi.ResourceType;
import io.gantry.task.RunResources;
import io.gantry.task.TaskId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** The stored runs as resources, for whoever includes them. */
public final class StoredRunResources implements RunResources {

    private final RunPageStore runs;

    public StoredRunResources(RunPageStore runs) {
        this.runs = runs;
    }

    @Override
    public ResourceType type() {
        return RunDocument.RUNS;
    }

    @Override
    public List<Resource> list(Call call, Collection<UUID> ids) {
        return runs.list(ids).stream().map(run -> RunDocument.of(run, call)).toList();
    }

    @Override
    public Map<TaskId, List<Resource>> listNewest(Call call, Collection<TaskId> tasks) {
        return runs.listNewest(tasks.stream().map(TaskId::value).toList(), MOST_PER_TASK).stream()
                .collect(Collectors.groupingBy(
                        placed -> placed.run().taskId(),
                        Collectors.mapping(placed -> RunDocument.of(placed, call), Collectors.toList())));
    }
}
