package io.gantry.logs;

import io.gantry.logs.LogLine.Position;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes each line after its time and a space, as {@code docker logs --timestamps} does. */
final class TimestampedLines implements LineSink {

    private final OutputStream out;

    TimestampedLines(OutputStream out) {
        this.out = out;
    }

    @Override
    public void line(LogLine line) throws IOException {
        if (line.position() == Position.BEGINS) {
            out.write((LogTimes.format(line.at()) + " ").getBytes(StandardCharsets.US_ASCII));
        }
        out.write(line.bytes(), line.offset(), line.length());
    }
}
