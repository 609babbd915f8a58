package io.gantry.execution;

import io.gantry.engine.ContainerEvent;
import io.gantry.engine.ContainerEvent.Signalled;
import io.gantry.engine.ContainerState;
import io.gantry.run.Failure;
import io.gantry.run.FailureCode;
import io.gantry.run.Outcome;
import io.gantry.run.Outcome.OomKill;
import io.gantry.task.DurationText;
import io.gantry.task.SizeText;
import io.gantry.task.TaskSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Decides, from what the engine tells of an exited container, what became of its run. */
final class Verdict {

    private static final int KILLED = 128 + 9;

    /**
     * @param events what the engine remembers of the container, in order
     * @param stop whether there was a reason to end it, so that signals are ours
     * @param spec what the run might use, and for how long
     */
    Outcome of(ContainerState exited, List<ContainerEvent> events, Stop stop, TaskSpec spec) {
        Duration timeout = spec.timeout();
        int code = exited.exitCode().orElse(0);
        boolean outOfMemory =
                exited.oomKilled() || events.stream().anyMatch(ContainerEvent.OutOfMemory.class::isInstance);
        OomKill oom = outOfMemory ? OomKill.SEEN : OomKill.NOT_SEEN;
        boolean endSeen = isEndIn(events);
        Optional<Signalled> signal = signalBeforeTheEnd(events);
        boolean mayBeOurs = signal.isPresent() || !endSeen;
        if (mayBeOurs && (stop == Stop.OVERDUE || isLate(exited, signal, timeout))) {
            return timedOut(timeout, code, oom);
        }
        if (mayBeOurs && stop == Stop.REQUESTED) {
            return new Outcome.Cancelled(Optional.of(code), oom);
        }
        if (outOfMemory && code == KILLED && !isKilledByOthers(events)) {
            return failed(FailureCode.OUT_OF_MEMORY, "It needed more than its " + memory(spec) + ".", code, oom);
        }
        if (signal.isPresent()) {
            return lost(
                    "Something other than this service sent it SIG"
                            + signal.get().signal() + " before it ended",
                    code,
                    oom);
        }
        if (!endSeen) {
            return lost("The engine doesn't remember its end, as after a restart, which ends containers", code, oom);
        }
        if (outOfMemory && code != 0) {
            String detail = "A process in it needed more than its " + memory(spec)
                    + " and was killed; the command returned " + code + ".";
            return failed(FailureCode.OUT_OF_MEMORY, detail, code, oom);
        }
        return code == 0
                ? new Outcome.Succeeded(oom)
                : failed(FailureCode.EXIT_CODE, "The command returned " + code + ".", code, oom);
    }

    static boolean isEndIn(List<ContainerEvent> events) {
        return events.stream().anyMatch(ContainerEvent.Died.class::isInstance);
    }

    /** Why a run is to end before it does by itself. */
    enum Stop {
        NONE("nobody asked for its end"),
        REQUESTED("its end was asked for"),
        OVERDUE("its time is over");

        private final String reason;

        Stop(String reason) {
            this.reason = reason;
        }

        @Override
        public String toString() {
            return reason;
        }
    }

    /**
     * By the engine's clock, so that it is known also to a process that wasn't there when the time was over: nobody else
     * had a reason to end it then.
     */
    private static boolean isLate(ContainerState exited, Optional<Signalled> signal, Duration timeout) {
        Optional<Instant> end = signal.map(Signalled::at).or(exited::finishedAt);
        return exited.startedAt()
                .flatMap(start -> end.map(at -> !at.isBefore(start.plus(timeout))))
                .orElse(false);
    }

    private static String memory(TaskSpec spec) {
        return SizeText.format(spec.resources().memory()) + " of memory";
    }

    private static Outcome timedOut(Duration timeout, int code, OomKill oom) {
        String detail = "It ran longer than its timeout of " + DurationText.format(timeout) + ".";
        return new Outcome.TimedOut(Optional.of(new Failure(FailureCode.TIMEOUT, detail)), Optional.of(code), oom);
    }

    private static Optional<Signalled> signalBeforeTheEnd(List<ContainerEvent> events) {
        for (ContainerEvent event : events) {
            if (event instanceof ContainerEvent.Died) {
                return Optional.empty();
            }
            if (event instanceof Signalled signalled) {
                return Optional.of(signalled);
            }
        }
        return Optional.empty();
    }

    /** The engine's flag may be of a child that the kernel killed before. */
    private static boolean isKilledByOthers(List<ContainerEvent> events) {
        return events.stream()
                .takeWhile(event -> !(event instanceof ContainerEvent.Died))
                .anyMatch(event -> event instanceof Signalled signalled
                        && signalled.signal().equals(StopSignals.KILL));
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
