package io.gantry.problem;

/** The sorts of broken rules, told apart by what the sender can do about them. */
public enum ProblemKind {
    /** The request can't be understood. */
    MALFORMED,
    /** What the request names isn't there. */
    NOT_FOUND,
    /** The request is fine but not in the present state. */
    CONFLICT,
    /** The sender looked at an older version. */
    STALE,
    /** The request is understood but its values break a rule. */
    INVALID,
    /** Something that we need is away; the same request may work later. */
    UNAVAILABLE,
    /** Our own fault. */
    INTERNAL
}
