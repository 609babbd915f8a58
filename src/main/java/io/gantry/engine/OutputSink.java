package io.gantry.engine;

/**
 * Where a container's output goes, frame by frame. All calls come from one thread; a call that blocks holds up the engine, one that throws breaks the feed.
 */
public interface OutputSink {

    /** Some bytes; the array is reused after the call returns. */
    void output(OutputStreamName stream, byte[] bytes, int offset, int length);
}
