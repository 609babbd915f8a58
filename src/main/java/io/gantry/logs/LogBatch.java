package io.gantry.logs;

import io.gantry.logs.LogEnd.CapState;
import io.gantry.logs.LogEnd.LineState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Chunks that are stored together, and where the log ends before and after them. */
record LogBatch(LogEnd before, List<LogChunk> chunks, LogEnd after) {

    /** @param pending at least one */
    static LogBatch following(LogEnd before, List<PendingChunk> pending) {
        List<LogChunk> chunks = new ArrayList<>(pending.size());
        StreamOffsets offsets = before.offsets();
        Instant at = before.at();
        long seq = before.chunks();
        LineState line = before.line();
        CapState state = before.state();
        for (PendingChunk next : pending) {
            byte[] bytes = next.bytes();
            at = next.at();
            seq++;
            LogStream stream = next.stream();
            chunks.add(new LogChunk(seq, stream, at, offsets.total(), offsets.of(stream), bytes.length, bytes));
            offsets = offsets.plus(stream, bytes.length);
            line = LineState.after(bytes[bytes.length - 1]);
            state = stream == LogStream.MARK ? CapState.CUT : state;
        }
        return new LogBatch(before, List.copyOf(chunks), new LogEnd(seq, offsets, at, line, state));
    }

    long bytes() {
        return after.offsets().total() - before.offsets().total();
    }
}
