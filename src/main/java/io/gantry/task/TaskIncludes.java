package io.gantry.task;

import io.gantry.jsonapi.Call;
import io.gantry.jsonapi.Cursor;
import io.gantry.jsonapi.Document;
import io.gantry.jsonapi.Query;
import io.gantry.jsonapi.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers with tasks, and with those of their runs that the client wants to have along. */
final class TaskIncludes {

    private final RunResources runs;
    private final TaskDocument documents;

    TaskIncludes(RunResources runs, TaskDocument documents) {
        this.runs = runs;
        this.documents = documents;
    }

    Document document(Call call, Query query, Task task) {
        Map<TaskId, List<Resource>> newest = newest(call, query, List.of(task));
        return Document.of(resource(call, query, task, newest)).including(included(call, query, List.of(task), newest));
    }

    Document page(Call call, Query query, List<Task> tasks, Optional<Cursor> previous, Optional<Cursor> next) {
        Map<TaskId, List<Resource>> newest = newest(call, query, tasks);
        return Document.of(
                        tasks.stream()
                                .map(task -> resource(call, query, task, newest))
                                .toList(),
                        previous,
                        next)
                .including(included(call, query, tasks, newest));
    }

    private Map<TaskId, List<Resource>> newest(Call call, Query query, List<Task> tasks) {
        return query.includes("runs")
                ? runs.listNewest(call, tasks.stream().map(Task::id).toList())
                : Map.of();
    }

    private Resource resource(Call call, Query query, Task task, Map<TaskId, List<Resource>> newest) {
        return query.includes("runs")
                ? documents.withRuns(task, newest.getOrDefault(task.id(), List.of()), call)
                : documents.of(task, call);
    }

    private List<Resource> included(Call call, Query query, List<Task> tasks, Map<TaskId, List<Resource>> newest) {
        List<Resource> included = new ArrayList<>();
        newest.values().forEach(included::addAll);
        if (query.includes("latestRun")) {
            included.addAll(runs.list(
                    call, tasks.stream().map(task -> task.lastRun().id()).toList()));
        }
        return included;
    }
}
