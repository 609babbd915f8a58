package io.gantry.run;

import io.gantry.database.Rows;
import io.gantry.jsonapi.Call;
import io.gantry.jsonapi.Document;
import io.gantry.jsonapi.Query;
import io.gantry.jsonapi.Resource;
import io.gantry.listing.PageEdges;
import io.gantry.task.TaskDocument;
import io.gantry.task.TaskId;
import io.gantry.task.TaskPageStore;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Answers with runs, and with their tasks where the client wants to have those along. */
public final class RunIncludes {

    private final TaskPageStore tasks;
    private final TaskDocument documents;

    public RunIncludes(TaskPageStore tasks, TaskDocument documents) {
        this.tasks = tasks;
        this.documents = documents;
    }

    Document document(Call call, Query query, PlacedRun run) {
        return Document.of(RunDocument.of(run, call)).including(included(call, query, List.of(run)));
    }

    Document page(Call call, Query query, Rows<PlacedRun> page) {
        return Document.of(
                        page.rows().stream()
                                .map(run -> RunDocument.of(run, call))
                                .toList(),
                        PageEdges.previous(query, page, PlacedRun::mark),
                        PageEdges.next(query, page, PlacedRun::mark))
                .including(included(call, query, page.rows()));
    }

    private List<Resource> included(Call call, Query query, List<PlacedRun> runs) {
        if (!query.includes("task")) {
            return List.of();
        }
        Set<TaskId> ids = runs.stream().map(placed -> placed.run().taskId()).collect(Collectors.toSet());
        return tasks.list(ids).stream().map(task -> documents.of(task, call)).toList();
    }
}
