package io.gantry.logs;

import java.io.IOException;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Joins the slices of a log to lines, each stream by itself, in the order in which the lines end. Longer ones than
 * {@link LineBuffer#LONGEST} are passed on in pieces.
 */
final class Lines {

    private final LineSink sink;
    private final Map<LogStream, LineBuffer> buffers = new EnumMap<>(LogStream.class);

    Lines(LineSink sink) {
        this.sink = sink;
    }

    void add(LogSlice slice) throws IOException {
        LineBuffer buffer = buffers.computeIfAbsent(slice.stream(), LineBuffer::new);
        int start = slice.offset();
        int end = slice.offset() + slice.length();
        for (int i = start; i < end; i++) {
            if (slice.endsLine(i)) {
                buffer.append(part(slice, start, i + 1), sink);
                buffer.endLine(sink);
                start = i + 1;
            }
        }
        if (start < end) {
            buffer.append(part(slice, start, end), sink);
        }
    }

    private static LogSlice part(LogSlice slice, int start, int end) {
        return slice.skip(start - slice.offset()).limit(end - start);
    }

    /** There is no more: passes on the lines without newline, the one that began first first. */
    void finish() throws IOException {
        List<LineBuffer> rest = buffers.values().stream()
                .filter(buffer -> !buffer.isEmpty())
                .sorted(Comparator.comparing(LineBuffer::logOffset))
                .toList();
        for (LineBuffer buffer : rest) {
            buffer.endLine(sink);
        }
    }
}
