package io.gantry.execution;

import io.gantry.engine.OutputSink;
import io.gantry.engine.OutputStreamName;
import java.time.Duration;

/** Passes output on and knows for how long none has come, which isn't the time that the sink takes. */
final class Pulse implements OutputSink {

    private final OutputSink sink;
    private volatile long lastBeat = System.nanoTime();
    private volatile boolean passing;

    Pulse(OutputSink sink) {
        this.sink = sink;
    }

    @Override
    public void output(OutputStreamName stream, byte[] bytes, int offset, int length) {
        passing = true;
        try {
            sink.output(stream, bytes, offset, length);
        } finally {
            lastBeat = System.nanoTime();
            passing = false;
        }
    }

    boolean isStillFor(Duration span) {
        return !passing && System.nanoTime() - lastBeat > span.toNanos();
    }
}
