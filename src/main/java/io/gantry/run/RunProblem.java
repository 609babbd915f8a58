package io.gantry.run;

import io.gantry.problem.ProblemCode;
import io.gantry.problem.ProblemKind;

/** How the rules of runs can be broken. */
public enum RunProblem implements ProblemCode {
    RUN_FINISHED("run-finished", "The run is over");

    private final String code;
    private final String title;

    RunProblem(String code, String title) {
        this.code = code;
        this.title = title;
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public ProblemKind kind() {
        return ProblemKind.CONFLICT;
    }
}
