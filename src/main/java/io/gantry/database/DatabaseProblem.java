package io.gantry.database;

import io.gantry.problem.ProblemCode;
import io.gantry.problem.ProblemKind;

/** What can go wrong between us and the database. */
public enum DatabaseProblem implements ProblemCode {
    STORAGE_UNAVAILABLE("storage-unavailable", "The storage can't be used right now", ProblemKind.UNAVAILABLE);

    private final String code;
    private final String title;
    private final ProblemKind kind;

    DatabaseProblem(String code, String title, ProblemKind kind) {
        this.code = code;
        this.title = title;
        this.kind = kind;
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
        return kind;
    }
}
