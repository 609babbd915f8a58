package io.gantry.chaos;

import io.gantry.chaos.observer.Truth;

/** What goes wrong in a trial. */
interface Fault {

    /** In a table. */
    String name();

    /** Whether a task with an image that must be pulled belongs to the trial. */
    default boolean wantsPull() {
        return false;
    }

    /** How many lines, at least, the run writes that doesn't pause between them. */
    default int lines() {
        return 2000;
    }

    /** The exit code of a shell that SIGTERM has ended. */
    default int onTerm() {
        return Truth.TERMINATED;
    }

    /** Before the client begins; the service is up. */
    default void prepare(Scene scene) throws Exception {}

    /** While the client is at work. Returns when the service is up again and nothing goes wrong any more. */
    void strike(Scene scene, Lookout lookout) throws Exception;
}
