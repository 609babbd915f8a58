package io.gantry.task;

import io.gantry.jsonapi.Call;
import io.gantry.jsonapi.Relationship;
import io.gantry.jsonapi.Resource;
import io.gantry.jsonapi.ResourceType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A task as clients see it. */
public final class TaskDocument {

    public static final ResourceType TASKS = new ResourceType(
            "tasks",
            List.of(
                    "title",
                    "description",
                    "image",
                    "command",
                    "entrypoint",
                    "workingDirectory",
                    "user",
                    "environment",
                    "stopGracePeriod",
                    "status",
                    "createdAt",
                    "updatedAt",
                    "lastRun"),
            List.of("runs", "latestRun"));

    private final LatestRuns runs;

    public TaskDocument(LatestRuns runs) {
        this.runs = runs;
    }

    public Resource of(Task task, Call call) {
        String self = url(task.id(), call);
        TaskSpec spec = task.spec();
        return TASKS.resource(task.id().toString())
                .attribute("title", task.draft().title())
                .attribute("description", task.draft().description())
                .attribute("image", spec.image())
                .attribute("command", spec.command())
                .attribute("entrypoint", spec.entrypoint())
                .attribute("workingDirectory", spec.workingDirectory())
                .attribute("user", spec.user())
                .attribute("environment", new TreeMap<>(spec.environment()))
                .attribute("stopGracePeriod", DurationText.format(spec.stopGracePeriod()))
                .attribute("status", task.status().word())
                .attribute("createdAt", task.createdAt())
                .attribute("updatedAt", task.updatedAt())
                .attribute("lastRun", lastRun(task.lastRun()))
                .relationship("runs", Relationship.linkedAt(self + "/runs"))
                .relationship(
                        "latestRun",
                        Relationship.toOne(runs.identifier(task.lastRun().id()))
                                .related(call.url("/runs/" + task.lastRun().id())))
                .self(self)
                .link("logs", self + "/logs")
                .build();
    }

    static String url(TaskId id, Call call) {
        return call.url("/tasks/" + id);
    }

    static Map<String, @Nullable Object> lastRun(LastRun run) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("id", run.id().toString());
        members.put("status", run.status().word());
        members.put("exitCode", run.exitCode());
        members.put("failure", run.failure());
        members.put("queuedAt", run.queuedAt());
        members.put("startedAt", run.startedAt());
        members.put("finishedAt", run.finishedAt());
        return members;
    }

    /** What a client may send back but not change. */
    ReadOnlyRelationships relationships(Task task) {
        return new ReadOnlyRelationships(Map.of(
                "runs",
                Optional.empty(),
                "latestRun",
                Optional.of(runs.identifier(task.lastRun().id()))));
    }
}
