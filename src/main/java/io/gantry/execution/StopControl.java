package io.gantry.execution;

import io.gantry.queue.Cancellation;
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
        Optional<Cancellation> cancellation = queue.cancel(id);
        cancellation.map(Cancellation::effect).ifPresent(effect -> tell(id, effect));
        return cancellation.map(Cancellation::run);
    }

    private void tell(RunId id, Cancellation.Effect effect) {
        switch (effect) {
            case ENDED -> ended.accept(id);
            case REQUESTED -> execution.nudge(id);
            case NONE -> {}
        }
    }
}
