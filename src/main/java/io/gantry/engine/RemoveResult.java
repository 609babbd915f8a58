package io.gantry.engine;

/** How the removal of a container that never ran ended. */
public enum RemoveResult {
    REMOVED,
    /** It is not there, or it had run and ended in the meantime and is not there any more. */
    ABSENT,
    /** It runs, or is being started; nothing was removed. */
    STARTED
}
