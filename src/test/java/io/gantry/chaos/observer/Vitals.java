package io.gantry.chaos.observer;

/** What the service's process holds while nothing is to be done. */
public record Vitals(int threads, int files, int connections) {

    /** Two or three more are no leak. */
    public static final int TOLERANCE = 5;

    public boolean isAtMost(Vitals other) {
        return threads <= other.threads + TOLERANCE
                && files <= other.files + TOLERANCE
                && connections <= other.connections + TOLERANCE;
    }
}
