package io.gantry.engine.docker;

import io.gantry.engine.OutputSink;
import io.gantry.engine.OutputStreamName;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads Docker's multiplexed stream: frames of eight bytes (stream, three zeros, a big-endian length) and a payload. Hands
 * on the payload piece by piece, in an array that is used again. An end inside a frame is an error, which docker-java's own
 * reader passes over in silence.
 */
final class FrameReader {

    private static final int HEADER = 8;
    private static final int STDOUT = 1;
    private static final int STDERR = 2;

    private final InputStream in;
    private final byte[] buffer = new byte[64 * 1024];
    private int from;
    private int to;

    FrameReader(InputStream in) {
        this.in = in;
    }

    /** Reads to the end; returns when the stream ended between two frames. */
    void readAll(OutputSink sink) throws IOException {
        while (readHeader()) {
            OutputStreamName stream = streamName();
            long left = payloadLength();
            from += HEADER;
            while (left > 0) {
                if (from == to && !fill()) {
                    throw new EOFException("the stream ended inside a frame");
                }
                int piece = (int) Math.min(left, to - from);
                sink.output(stream, buffer, from, piece);
                from += piece;
                left -= piece;
            }
        }
    }

    /** Whether there is one more header; it then lies in the buffer whole. */
    private boolean readHeader() throws IOException {
        while (to - from < HEADER) {
            if (!fill()) {
                if (to > from) {
                    throw new EOFException("the stream ended inside the header of a frame");
                }
                return false;
            }
        }
        return true;
    }

    private boolean fill() throws IOException {
        System.arraycopy(buffer, from, buffer, 0, to - from);
        to -= from;
        from = 0;
        int count = in.read(buffer, to, buffer.length - to);
        if (count > 0) {
            to += count;
        }
        return count > 0;
    }

    private OutputStreamName streamName() throws IOException {
        byte code = buffer[from];
        if (buffer[from + 1] != 0 || buffer[from + 2] != 0 || buffer[from + 3] != 0) {
            throw new IOException("the stream has something else where a frame should begin");
        }
        return switch (code) {
            case STDOUT -> OutputStreamName.STDOUT;
            case STDERR -> OutputStreamName.STDERR;
            default -> throw new IOException("the stream has a frame of an unknown kind, " + code);
        };
    }

    private long payloadLength() {
        long length = 0;
        for (int i = from + HEADER / 2; i < from + HEADER; i++) {
            length = (length << 8) | (buffer[i] & 0xff);
        }
        return length;
    }
}
