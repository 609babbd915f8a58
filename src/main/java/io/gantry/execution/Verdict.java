package io.gantry.execution;

import io.dropwizard.util.DataSize;
import io.gantry.engine.ContainerEvent;
import io.gantry.engine.ContainerState;
import io.gantry.run.Failure;
import io.gantry.run.FailureCode;
import io.gantry.run.Outcome;
import io.gantry.run.Outcome.OomKill;
import java.util.List;
import java.util.Optional;

/** Decides, from what the engine tells of an exited container, what became of its run. */
final class Verdict {

    private static final int KILLED = 128 + 9;

    private final DataSize memoryLimit;

    Verdict(DataSize memoryLimit) {
        this.memoryLimit = memoryLimit;
    }

    /**
     * @param events what the engine remembers of the container, in order
     * @param stop whether someone asked for the end, so that signals are ours
     */
    Outcome of(ContainerState exited, List<ContainerEvent> events, Stop stop) {
        int code = exited.exitCode().orElse(0);
        OomKill oom = exited.oomKilled() ? OomKill.SEEN : OomKill.NOT_SEEN;
        boolean endSeen = events.stream().anyMatch(ContainerEvent.Died.class::isInstance);
        Optional<String> signal = signalBeforeTheEnd(events);
        if (stop == Stop.REQUESTED && (signal.isPresent() || !endSeen)) {
            return new Outcome.Cancelled(Optional.of(code), oom);
        }
        if (exited.oomKilled() && code == KILLED) {
            return failed(
                    FailureCode.OUT_OF_MEMORY, "It needed more than its " + memoryLimit + " of memory.", code, oom);
        }
        if (signal.isPresent()) {
            return lost("Something other than this service sent it SIG" + signal.get() + " before it ended", code, oom);
        }
        if (!endSeen) {
            return lost("The engine doesn't remember its end, as after a restart, which ends containers", code, oom);
        }
        return code == 0
                ? new Outcome.Succeeded(oom)
                : failed(FailureCode.EXIT_CODE, "The command returned " + code + ".", code, oom);
    }

    /** Whether someone asked for the run's end. */
    enum Stop {
        NONE,
        REQUESTED
    }

    private static Optional<String> signalBeforeTheEnd(List<ContainerEvent> events) {
        for (ContainerEvent event : events) {
            if (event instanceof ContainerEvent.Died) {
                return Optional.empty();
            }
            if (event instanceof ContainerEvent.Signalled signalled) {
                return Optional.of(signalled.signal());
            }
        }
        return Optional.empty();
    }

    private static Outcome lost(String why, int code, OomKill oom) {
        return failed(
                FailureCode.CONTAINER_LOST,
                why + "; it exited with " + code + ", which may not be the command's own doing.",
                code,
                oom);
    }

    private static Outcome failed(FailureCode code, String detail, int exitCode, OomKill oom) {
        return new Outcome.Failed(Optional.of(new Failure(code, detail)), Optional.of(exitCode), oom);
    }
}
