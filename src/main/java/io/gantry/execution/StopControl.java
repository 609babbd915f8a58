package io.gantry.execution;

import io.gantry.queue.QueueStore;
import io.gantry.run.Run;
import io.gantry.run.RunControl;
import io.gantry.run.RunId;
import java.util.Optional;
import java.util.function.Consumer;

/** Ends runs on request, and tells at once whoever of this process is concerned. */
final class StopControl implements RunControl {

    private final QueueStore queue;
    private final Execution execution;
    private final Consumer<RunId> ended;

    StopControl(QueueStore queue, Execution execution, Consumer<RunId> ended) {
        this.queue = queue;
        this.execution = execution;
        this.ended = ended;
    }

    @Override
    public Optional<Run> cancel(RunId id) {
        Optional<Run> run = queue.cancel(id);
        run.ifPresent(r -> {
            if (r.isActive()) {
                execution.nudge(id);
            } else {
                ended.accept(id);
            }
        });
        return run;
    }
}
