package io.gantry.run;

import java.util.Optional;

/** What became of a run: a value, never an exception. */
public sealed interface Outcome {

    RunStatus status();

    /** What the process returned, absent where it never returned. */
    default Optional<Integer> exitCode() {
        return Optional.empty();
    }

    default Optional<Failure> failure() {
        return Optional.empty();
    }

    OomKill oom();

    /** The process returned 0 by itself. */
    record Succeeded(OomKill oom) implements Outcome {
        @Override
        public RunStatus status() {
            return RunStatus.SUCCEEDED;
        }

        @Override
        public Optional<Integer> exitCode() {
            return Optional.of(0);
        }
    }

    /** It didn't succeed. */
    record Failed(Optional<Failure> failure, Optional<Integer> exitCode, OomKill oom) implements Outcome {
        @Override
        public RunStatus status() {
            return RunStatus.FAILED;
        }
    }

    /** A limit of time ended it. */
    record TimedOut(Optional<Failure> failure, Optional<Integer> exitCode, OomKill oom) implements Outcome {
        @Override
        public RunStatus status() {
            return RunStatus.TIMED_OUT;
        }
    }

    /** Someone asked for its end and got it. */
    record Cancelled(Optional<Integer> exitCode, OomKill oom) implements Outcome {
        @Override
        public RunStatus status() {
            return RunStatus.CANCELLED;
        }
    }

    /** Whether the kernel killed a process in the container for memory, which can happen to a run that succeeds. */
    enum OomKill {
        SEEN,
        NOT_SEEN
    }

    static Outcome failed(FailureCode code, String detail) {
        return new Failed(Optional.of(new Failure(code, detail)), Optional.empty(), OomKill.NOT_SEEN);
    }

    static Outcome failed(FailureCode code, String detail, int exitCode, OomKill oom) {
        return new Failed(Optional.of(new Failure(code, detail)), Optional.of(exitCode), oom);
    }

    static Outcome cancelled() {
        return new Cancelled(Optional.empty(), OomKill.NOT_SEEN);
    }
}
