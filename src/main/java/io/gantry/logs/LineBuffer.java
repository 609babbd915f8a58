package io.gantry.logs;

import io.gantry.logs.LogLine.Position;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;

/** The line of one stream that is being joined. */
final class LineBuffer {

    /** The longest piece of a line. */
    static final int LONGEST = 64 * 1024;

    private final LogStream stream;
    private byte[] bytes = new byte[256];
    private int length;
    private long logOffset;
    private Instant at = Instant.EPOCH;
    private Position position = Position.BEGINS;

    LineBuffer(LogStream stream) {
        this.stream = stream;
    }

    boolean isEmpty() {
        return length == 0;
    }

    /** Where the line begins, if it has begun. */
    long logOffset() {
        return logOffset;
    }

    void append(LogSlice part, LineSink sink) throws IOException {
        LogSlice rest = part;
        while (rest.length() > LONGEST - length) {
            rest = appendUpToWholeCharacter(rest, sink);
        }
        append(rest);
    }

    /** Fills the buffer and passes it on, but leaves a character that doesn't fit whole for the next piece. */
    private LogSlice appendUpToWholeCharacter(LogSlice part, LineSink sink) throws IOException {
        int room = LONGEST - length;
        int fitting = room - Utf8.splitCharacter(part.bytes(), part.offset(), part.offset() + room);
        append(part.limit(fitting));
        pass(sink);
        position = Position.CONTINUES;
        return part.skip(fitting);
    }

    private void append(LogSlice part) {
        if (part.length() == 0) {
            return;
        }
        if (length == 0) {
            logOffset = part.logOffset();
            at = part.at();
        }
        if (length + part.length() > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + part.length(), Math.min(2 * bytes.length, LONGEST)));
        }
        System.arraycopy(part.bytes(), part.offset(), bytes, length, part.length());
        length += part.length();
    }

    void endLine(LineSink sink) throws IOException {
        pass(sink);
        position = Position.BEGINS;
    }

    private void pass(LineSink sink) throws IOException {
        if (length > 0) {
            sink.line(new LogLine(stream, at, logOffset, bytes, 0, length, position));
            length = 0;
        }
    }
}
