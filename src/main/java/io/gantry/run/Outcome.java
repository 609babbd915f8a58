package io.gantry.run;

import java.util.Optional;

/** What became of a run: a value, never an exception. */
public sealed interface Outcome {

    /** The process returned 0 by itself. */
    record Succeeded(OomKill oom) implements Outcome {}

    /**
     * It didn't succeed.
     *
     * @param exitCode what the process returned, absent where it never returned
     */
    record Failed(Failure failure, Optional<Integer> exitCode, OomKill oom) implements Outcome {}

    /** A limit of time ended it. */
    record TimedOut(Failure failure, Optional<Integer> exitCode, OomKill oom) implements Outcome {}

    /** Someone asked for its end and got it. */
    record Cancelled(Optional<Integer> exitCode, OomKill oom) implements Outcome {}

    /** Whether the kernel killed a process in the container for memory, which can happen to a run that succeeds. */
    enum OomKill {
        SEEN,
        NOT_SEEN
    }

    static Outcome failed(FailureCode code, String detail) {
        return new Failed(new Failure(code, detail), Optional.empty(), OomKill.NOT_SEEN);
    }

    static Outcome cancelled() {
        return new Cancelled(Optional.empty(), OomKill.NOT_SEEN);
    }
}
