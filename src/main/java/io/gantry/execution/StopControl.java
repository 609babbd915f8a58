package io.gantry.execution;

import io.gantry.access.Deed;
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
    private final Consumer<Run> ended;

    StopControl(QueueStore queue, Execution execution, Consumer<Run> ended) {
        this.queue = queue;
        this.execution = execution;
        this.ended = ended;
    }

    @Override
    public Optional<Run> cancel(RunId id, Deed deed) {
        Optional<Cancellation> cancellation = queue.cancel(id, deed);
        cancellation.ifPresent(this::tell);
        return cancellation.map(Cancellation::run);
    }

    private void tell(Cancellation cancellation) {
        Run run = cancellation.run();
        switch (cancellation.effect()) {
            case ENDED -> ended.accept(run);
            case REQUESTED -> execution.nudge(run.id());
            case NONE -> {}
        }
    }
}
