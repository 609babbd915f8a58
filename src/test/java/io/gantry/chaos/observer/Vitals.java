package io.gantry.chaos.observer;

/**
 * What the service's process holds while nothing is to be done.
 *
 * @param heap mebibytes of objects that are still in use
 */
public record Vitals(int threads, int files, int connections, int heap) {

    /** Two or three more are no leak. */
    public static final int TOLERANCE = 5;

    /** Caches fill up, and classes are loaded when they are needed. */
    public static final int HEAP_TOLERANCE = 16;
}
