package io.gantry.task;

import io.gantry.jsonapi.AttributeReader;
import io.gantry.jsonapi.Call;
import io.gantry.jsonapi.Relationship;
import io.gantry.jsonapi.Resource;
import io.gantry.jsonapi.ResourceIdentifier;
import io.gantry.jsonapi.ResourceType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
                    "labels",
                    "resources",
                    "stopGracePeriod",
                    "timeout",
                    "queueTimeout",
                    "retries",
                    "pullPolicy",
                    "sandbox",
                    "network",
                    "runtime",
                    "status",
                    "createdAt",
                    "updatedAt",
                    "lastRun"),
            List.of("runs", "latestRun"));

    static final Set<String> READ_ONLY = Set.of("status", "createdAt", "updatedAt", "lastRun");

    private final RunResources runs;

    public TaskDocument(RunResources runs) {
        this.runs = runs;
    }

    public Resource of(Task task, Call call) {
        return of(task, Relationship.linkedAt(url(task.id(), call) + "/runs"), call);
    }

    /** The same, its relationship to the newest runs spelled out. */
    Resource withRuns(Task task, List<Resource> newest, Call call) {
        List<ResourceIdentifier> linkage =
                newest.stream().map(Resource::identifier).toList();
        return of(task, Relationship.toMany(linkage).related(url(task.id(), call) + "/runs"), call);
    }

    private Resource of(Task task, Relationship toRuns, Call call) {
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
                .attribute("labels", new TreeMap<>(spec.labels()))
                .attribute("resources", ResourcesMember.of(spec.resources()))
                .attribute("stopGracePeriod", DurationText.format(spec.stopGracePeriod()))
                .attribute("timeout", DurationText.format(spec.timeout()))
                .attribute("queueTimeout", spec.queueTimeout().map(DurationText::format))
                .attribute("retries", RetriesMember.of(spec.retries()))
                .attribute("pullPolicy", spec.pullPolicy().word())
                .attribute("sandbox", spec.confinement().sandbox().word())
                .attribute("network", spec.confinement().network())
                .attribute("runtime", spec.confinement().runtime())
                .attribute("status", task.status().word())
                .attribute("createdAt", task.createdAt())
                .attribute("updatedAt", task.updatedAt())
                .attribute("lastRun", lastRun(task.lastRun()))
                .relationship("runs", toRuns)
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

    private static Map<String, @Nullable Object> lastRun(LastRun run) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("id", run.id().toString());
        members.put("status", run.status().word());
        members.put("exitCode", run.exitCode());
        members.put("failure", run.failure());
        members.put("queuedAt", run.queuedAt());
        members.put("startedAt", run.startedAt());
        members.put("finishedAt", run.finishedAt());
        members.put("retryAt", run.retryAt());
        return members;
    }

    /** Notes problems with attributes that a client may send back but not change. */
    static void requireUnchanged(Task task, AttributeReader in) {
        in.requireUnchanged("status", task.status().word());
        in.requireUnchanged("createdAt", task.createdAt());
        in.requireUnchanged("updatedAt", task.updatedAt());
        in.requireUnchanged("lastRun", lastRun(task.lastRun()));
    }

    /** The relationships that a client may send back but not change. */
    ReadOnlyRelationships relationships(Task task) {
        return new ReadOnlyRelationships(Map.of(
                "runs",
                Optional.empty(),
                "latestRun",
                Optional.of(runs.identifier(task.lastRun().id()))));
    }
}
