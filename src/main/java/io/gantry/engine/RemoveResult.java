package io.gantry.engine;

/** How the removal of a container that never ran ended. */
public enum RemoveResult {
    REMOVED,
    ABSENT,
    /** It runs, or is being started; nothing was removed. */
    STARTED
}
