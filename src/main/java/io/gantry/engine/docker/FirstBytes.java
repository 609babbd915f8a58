package io.gantry.engine.docker;

import io.gantry.engine.OutputSink;
import io.gantry.engine.OutputStreamName;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Keeps the beginning of a container's output. */
final class FirstBytes implements OutputSink {

    private static final int MOST = 8 * 1024;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public synchronized void output(OutputStreamName stream, byte[] piece, int offset, int length) {
        bytes.write(piece, offset, Math.min(length, MOST - bytes.size()));
    }

    synchronized String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
