package io.gantry.run;

import io.gantry.jsonapi.Call;
import io.gantry.jsonapi.Relationship;
import io.gantry.jsonapi.Resource;
import io.gantry.jsonapi.ResourceType;
import io.gantry.task.DurationText;
import io.gantry.task.ResourcesMember;
import io.gantry.task.TaskDocument;
import java.util.List;

/** A run as clients see it. */
public final class RunDocument {

    public static final ResourceType RUNS = new ResourceType(
            "runs",
            List.of(
                    "status",
                    "failure",
                    "exitCode",
                    "attempt",
                    "trigger",
                    "queuePosition",
                    "explanation",
                    "queuedAt",
                    "claimedAt",
                    "startedAt",
                    "finishedAt",
                    "retryAt",
                    "image",
                    "imageDigest",
                    "pull",
                    "command",
                    "resources",
                    "timeout",
                    "sandbox",
                    "network",
                    "runtime",
                    "node",
                    "containerId",
                    "logBytes",
                    "logTruncated",
                    "logComplete",
                    "cancellation"),
            List.of("task"));

    private RunDocument() {}

    static Resource of(PlacedRun placed, Call call) {
        Run run = placed.run();
        String self = call.url("/runs/" + run.id());
        return RUNS.resource(run.id().toString())
                .attribute("status", run.status().word())
                .attribute("failure", run.failure().map(FailureMember::of))
                .attribute("exitCode", run.exitCode())
                .attribute("attempt", run.attempt())
                .attribute("trigger", run.trigger().word())
                .attribute("queuePosition", placed.queuePosition())
                .attribute("explanation", placed.explanation())
                .attribute("queuedAt", run.queuedAt())
                .attribute("claimedAt", run.claimedAt())
                .attribute("startedAt", run.startedAt())
                .attribute("finishedAt", run.finishedAt())
                .attribute("retryAt", run.pendingRetry())
                .attribute("image", run.spec().normalisedImage())
                .attribute("imageDigest", run.imageDigest())
                .attribute("pull", placed.pull())
                .attribute("command", run.spec().command())
                .attribute("resources", ResourcesMember.of(run.spec().resources()))
                .attribute("timeout", DurationText.format(run.spec().timeout()))
                .attribute("sandbox", run.spec().confinement().sandbox().word())
                .attribute("network", run.spec().confinement().network())
                .attribute("runtime", run.spec().confinement().runtime())
                .attribute("node", run.node())
                .attribute("containerId", run.containerId())
                .attribute("logBytes", run.log().bytes())
                .attribute("logTruncated", run.log().truncated())
                .attribute("logComplete", run.logComplete())
                .attribute("cancellation", CancellationMember.of(run))
                .relationship(
                        "task",
                        Relationship.toOne(TaskDocument.TASKS.identifier(
                                        run.taskId().toString()))
                                .related(call.url("/tasks/" + run.taskId())))
                .self(self)
                .link("logs", self + "/logs")
                .build();
    }

    /** Why it didn't succeed, in the words of the API. */
    private record FailureMember(String code, String detail) {

        static FailureMember of(Failure failure) {
            return new FailureMember(failure.code().word(), failure.detail());
        }
    }
}
