package io.gantry.logs;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Finds the last lines of a selection, walking backwards from its end. */
final class TailScan {

    private final LogPageStore pages;
    private final StoredLog log;
    private final LogSelection selection;
    private final Map<LogStream, Beginning> lines = new EnumMap<>(LogStream.class);
    private LogSelection result;
    private long wanted;

    /** Of the line of a stream that was counted last. */
    private enum Beginning {
        SOUGHT,
        FOUND
    }

    TailScan(LogPageStore pages, StoredLog log, LogSelection selection) {
        this.pages = pages;
        this.log = log;
        this.selection = selection;
        this.result = new LogSelection(selection.to(), selection.to());
    }

    /** The selection of so many lines from the end; one without its newline counts. */
    LogSelection last(long count) {
        wanted = count;
        LogCursor cursor = LogCursor.backwards(pages, log, selection);
        while (wanted > 0 || lines.containsValue(Beginning.SOUGHT)) {
            Optional<LogSlice> slice = cursor.next();
            if (slice.isEmpty()) {
                break;
            }
            scan(slice.get());
        }
        lines.forEach((stream, beginning) -> {
            if (beginning == Beginning.SOUGHT) {
                begin(stream, selection.from().of(stream));
            }
        });
        return result;
    }

    private void scan(LogSlice slice) {
        LogStream stream = slice.stream();
        if (!lines.containsKey(stream) && !slice.endsLine(slice.offset() + slice.length() - 1)) {
            count(stream);
        }
        lines.putIfAbsent(stream, Beginning.FOUND);
        for (int i = slice.offset() + slice.length() - 1; i >= slice.offset(); i--) {
            if (slice.endsLine(i)) {
                if (lines.get(stream) == Beginning.SOUGHT) {
                    begin(stream, slice.streamOffset() + i - slice.offset() + 1);
                    lines.put(stream, Beginning.FOUND);
                }
                count(stream);
            }
        }
    }

    private void count(LogStream stream) {
        if (wanted > 0) {
            wanted--;
            lines.put(stream, Beginning.SOUGHT);
        }
    }

    private void begin(LogStream stream, long offset) {
        result = new LogSelection(result.from().with(stream, offset), result.to());
    }
}
