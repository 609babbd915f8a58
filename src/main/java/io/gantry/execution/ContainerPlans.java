package io.gantry.execution;

import io.gantry.engine.ContainerName;
import io.gantry.engine.ContainerPlan;
import io.gantry.engine.ContainerPlan.LogRetention;
import io.gantry.engine.ImageReference;
import io.gantry.run.Run;
import io.gantry.run.RunId;
import io.gantry.task.Command;
import io.gantry.task.TaskSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a run's container is made: what the task asks for, within what the operator allows. */
final class ContainerPlans {

    static final String INSTALLATION = "io.gantry.installation";
    static final String RUN = "io.gantry.run";
    static final String TASK = "io.gantry.task";
    static final String NODE = "io.gantry.node";

    private final String installation;
    private final ExecutionConfiguration configuration;
    private final LogRetention retention;

    ContainerPlans(String installation, ExecutionConfiguration configuration, LogRetention retention) {
        this.installation = installation;
        this.configuration = configuration;
        this.retention = retention;
    }

    static ContainerName name(RunId run) {
        return new ContainerName("gantry-" + run);
    }

    ContainerPlan of(Run run) {
        TaskSpec spec = run.spec();
        return new ContainerPlan(
                name(run.id()),
                new ImageReference(spec.image()),
                entrypoint(spec),
                arguments(spec.command()),
                spec.environment(),
                spec.workingDirectory(),
                spec.user(),
                labels(run),
                configuration.limits(),
                configuration.isolation(),
                retention);
    }

    private static Optional<List<String>> entrypoint(TaskSpec spec) {
        return spec.command() instanceof Command.Shell ? Optional.of(List.of("/bin/sh", "-c")) : spec.entrypoint();
    }

    private static List<String> arguments(Command command) {
        return command instanceof Command.Shell shell ? List.of(shell.line()) : ((Command.Exec) command).arguments();
    }

    private Map<String, String> labels(Run run) {
        return Map.of(
                INSTALLATION, installation,
                RUN, run.id().toString(),
                TASK, run.taskId().toString(),
                NODE, run.node().orElse(""));
    }
}
