package io.gantry.problem;

/** A stable, machine-readable name for one way in which a rule can be broken. Each feature owns an enum of its codes. */
public interface ProblemCode {

    /** The code as clients see it, e.g. {@code task-limit-reached}. Never changes once published. */
    String code();

    /** One sentence without a full stop, the same for every occurrence of the code. */
    String title();

    /** What sort of rule was broken. */
    ProblemKind kind();
}
