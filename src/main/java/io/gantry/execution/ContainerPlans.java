package io.gantry.execution;

import io.gantry.engine.ContainerName;
import io.gantry.engine.ContainerPlan;
import io.gantry.engine.ContainerPlan.Isolation;
import io.gantry.engine.ContainerPlan.Limits;
import io.gantry.engine.ContainerPlan.LogRetention;
import io.gantry.engine.ContainerPlan.RootFileSystem;
import io.gantry.engine.ImageFacts;
import io.gantry.run.Run;
import io.gantry.run.RunId;
import io.gantry.task.Command;
import io.gantry.task.Confinement;
import io.gantry.task.Resources;
import io.gantry.task.Sandbox;
import io.gantry.task.TaskSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a run's container is made: what the task asks for, within what the operator allows. */
final class ContainerPlans {

    static final String INSTALLATION = "io.gantry.installation";
    static final String RUN = "io.gantry.run";
    static final String TASK = "io.gantry.task";
    static final String NODE = "io.gantry.node";

    /** Nobody, by number, since an image need not know the name. */
    private static final String NOBODY = "65534";

    private final String installation;
    private final List<String> capabilities;
    private final LogRetention retention;

    /** @param capabilities what a container of the standard profile keeps */
    ContainerPlans(String installation, List<String> capabilities, LogRetention retention) {
        this.installation = installation;
        this.capabilities = List.copyOf(capabilities);
        this.retention = retention;
    }

    static ContainerName name(RunId run) {
        return new ContainerName("gantry-" + run);
    }

    /** @param image that the engine has been found to have */
    ContainerPlan of(Run run, ImageFacts image) {
        TaskSpec spec = run.spec();
        return new ContainerPlan(
                name(run.id()),
                image.id(),
                entrypoint(spec),
                arguments(spec.command()),
                spec.environment(),
                spec.workingDirectory(),
                user(spec),
                labels(run),
                limits(spec.resources()),
                isolation(spec.confinement()),
                retention);
    }

    /** In the strict profile never root, nor in root's group, which is where the engine puts a number without a group. */
    private static Optional<String> user(TaskSpec spec) {
        if (spec.confinement().sandbox() != Sandbox.STRICT) {
            return spec.user();
        }
        String user = spec.user().orElse(NOBODY);
        return Optional.of(user.indexOf(':') >= 0 ? user : user + ":" + user);
    }

    private static Limits limits(Resources resources) {
        return new Limits(
                resources.memory(),
                resources.cpus().movePointRight(9).longValueExact(),
                resources.pids(),
                resources.nofile(),
                resources.shmSize());
    }

    private Isolation isolation(Confinement confinement) {
        boolean strict = confinement.sandbox() == Sandbox.STRICT;
        return new Isolation(
                confinement.network(),
                strict ? List.of() : capabilities,
                strict ? RootFileSystem.READ_ONLY : RootFileSystem.WRITABLE,
                confinement.runtime());
    }

    private static Optional<List<String>> entrypoint(TaskSpec spec) {
        return spec.command() instanceof Command.Shell ? Optional.of(List.of("/bin/sh", "-c")) : spec.entrypoint();
    }

    private static List<String> arguments(Command command) {
        return command instanceof Command.Shell shell ? List.of(shell.line()) : ((Command.Exec) command).arguments();
    }

    /** Ours count, whatever a task says. */
    private Map<String, String> labels(Run run) {
        Map<String, String> labels = new HashMap<>(run.spec().labels());
        labels.put(INSTALLATION, installation);
        labels.put(RUN, run.id().toString());
        labels.put(TASK, run.taskId().toString());
        labels.put(NODE, run.node().orElse(""));
        return labels;
    }
}
