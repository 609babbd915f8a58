package io.gantry.metrics;

/** Upper bounds of histograms, in seconds. */
final class Buckets {

    private Buckets() {}

    /** From a few milliseconds to a day. */
    static double[] ofRuns() {
        return new double[] {0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600, 14_400, 86_400};
    }

    /** From a millisecond to a minute. */
    static double[] ofCalls() {
        return new double[] {0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60};
    }
}
