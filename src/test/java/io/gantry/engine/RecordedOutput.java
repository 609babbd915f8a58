package io.gantry.engine;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Keeps all output of a container, each stream for itself. */
public final class RecordedOutput implements OutputSink {

    private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();

    @Override
    public synchronized void output(OutputStreamName stream, byte[] bytes, int offset, int length) {
        (stream == OutputStreamName.STDOUT ? stdout : stderr).write(bytes, offset, length);
    }

    public synchronized byte[] bytes() {
        return stdout.toByteArray();
    }

    public synchronized byte[] errorBytes() {
        return stderr.toByteArray();
    }

    public String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    public String errorText() {
        return new String(errorBytes(), StandardCharsets.UTF_8);
    }
}
