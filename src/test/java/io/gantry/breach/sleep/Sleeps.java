package io.gantry.breach.sleep;

/** Hopes that a while is long enough. */
final class Sleeps {

    private Sleeps() {}

    static void sleep() throws InterruptedException {
        Thread.sleep(1);
    }
}
