package io.gantry.problem;

/** Why the service can't start and how to mend it, in one line for whoever starts it. */
public final class CannotStart extends RuntimeException {

    public CannotStart(String message) {
        super(message);
    }

    public CannotStart(String message, Throwable cause) {
        super(message, cause);
    }
}
