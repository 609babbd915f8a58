package io.gantry.execution;

/** This process stops: runs are let go, their containers go on. */
final class Detached extends RuntimeException {

    Detached() {
        super("the service stops");
    }
}
