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
                    "owner",
                    "status",
                    "createdAt",
                    "updatedAt",
                    "lastRun"),
            List.of("runs", "latestRun"));

    static final Set<String> READ_ONLY = Set.of("owner", "status", "createdAt", "updatedAt", "lastRun");

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
                .attributes(attributes(spec))
                .attribute("owner", task.owner())
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

    /** What a run uses, in the words of the API. */
    static Map<String, @Nullable Object> attributes(TaskSpec spec) {
        Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
        attributes.put("image", spec.image());
        attributes.put("command", spec.command());
        attributes.put("entrypoint", spec.entrypoint());
        attributes.put("workingDirectory", spec.workingDirectory());
        attributes.put("user", spec.user());
        attributes.put("environment", new TreeMap<>(spec.environment()));
        attributes.put("labels", new TreeMap<>(spec.labels()));
        attributes.put("resources", ResourcesMember.of(spec.resources()));
        attributes.put("stopGracePeriod", DurationText.format(spec.stopGracePeriod()));
        attributes.put("timeout", DurationText.format(spec.timeout()));
        attributes.put("queueTimeout", spec.queueTimeout().map(DurationText::format));
        attributes.put("retries", RetriesMember.of(spec.retries()));
        attributes.put("pullPolicy", spec.pullPolicy().word());
        attributes.put("sandbox", spec.confinement().sandbox().word());
        attributes.put("network", spec.confinement().network());
        attributes.put("runtime", spec.confinement().runtime());
        return attributes;
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
        in.requireUnchanged("owner", task.owner().orElse(null));
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
