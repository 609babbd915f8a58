package io.gantry.chaos;

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

    /** Before the client begins; the service is up. */
    default void prepare(Scene scene) throws Exception {}

    /** While the client is at work. Returns when the service is up again and nothing goes wrong any more. */
    void strike(Scene scene, Lookout lookout) throws Exception;
}
