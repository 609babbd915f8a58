package io.gantry.access;

/** What a call does, as far as access is concerned; whoever has a right has those before it. */
public enum Right {
    /** Looks at tasks, runs and logs. */
    READ,
    /** Creates, changes, runs, cancels or deletes them. */
    CHANGE,
    /** Says who may come in, and looks at who did what. */
    ADMINISTER
}
