package io.gantry.problem;

import java.util.List;
import java.util.stream.Collectors;

/** One or more broken rules, on their way to whoever asked. */
public final class ProblemException extends RuntimeException {

    private final transient List<Problem> problems;

    public ProblemException(Problem problem) {
        this(List.of(problem));
    }

    /** @param problems at least one */
    public ProblemException(List<Problem> problems) {
        super(problems.stream().map(p -> p.code().code() + ": " + p.detail()).collect(Collectors.joining("; ")));
        this.problems = List.copyOf(problems);
    }

    public ProblemException(Problem problem, Throwable cause) {
        this(problem);
        initCause(cause);
    }

    public List<Problem> problems() {
        return problems;
    }

    /** The first problem, for those who know that there is only one. */
    public Problem problem() {
        return problems.get(0);
    }
}
