package io.gantry.breach.state;

/** Counts for the whole process. */
final class Counter {

    private static int count;

    private Counter() {}

    static int next() {
        return ++count;
    }
}
