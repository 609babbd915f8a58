package io.gantry.engine;

/**
 * How far a pull has come, as the engine tells it. What it doesn't tell isn't guessed: an engine may know a layer's size
 * only once its download begins.
 *
 * @param layers that the engine has named so far
 * @param layersDone those of them that are unpacked, or were there before
 * @param bytes downloaded so far, packed, of the layers whose size is known
 * @param totalBytes the sizes of these layers together, packed
 */
public record PullProgress(int layers, int layersDone, long bytes, long totalBytes) {

    /** Nothing was told yet. */
    public static final PullProgress NONE = new PullProgress(0, 0, 0, 0);
}
