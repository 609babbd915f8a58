package io.gantry.task;

import io.gantry.problem.ProblemCode;
import io.gantry.problem.ProblemKind;

/** How the rules of tasks can be broken. */
public enum TaskProblem implements ProblemCode {
    TASK_LIMIT_REACHED("task-limit-reached", "No more tasks can be stored"),
    TASK_RUNNING("task-running", "The task is running"),
    TASK_ACTIVE("task-active", "The task has a run that isn't over"),
    IDEMPOTENCY_CONFLICT("idempotency-conflict", "The idempotency key was used for another request");

    private final String code;
    private final String title;

    TaskProblem(String code, String title) {
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
