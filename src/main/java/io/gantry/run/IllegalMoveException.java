package io.gantry.run;

/** A run met an event that its status doesn't allow. */
public final class IllegalMoveException extends RuntimeException {

    IllegalMoveException(Run run, RunEvent event) {
        super("run " + run.id() + " is " + run.status() + " and allows no "
                + event.getClass().getSimpleName());
    }
}
