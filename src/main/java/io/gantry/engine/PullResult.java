package io.gantry.engine;

/** How a pull ended. */
public sealed interface PullResult {

    record Pulled(ImageFacts image) implements PullResult {}

    /** The registry answered that it has no such image, or doesn't show it to us. */
    record NoSuchImage(String detail) implements PullResult {}

    /** The registry couldn't be reached, or the transfer broke. */
    record PullFailed(String detail) implements PullResult {}
}
