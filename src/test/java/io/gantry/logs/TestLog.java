package io.gantry.logs;

import io.gantry.database.Database;
import io.gantry.run.RunId;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** A log made up at random, with what a reader ought to see of it, worked out in the most straightforward way. */
final class TestLog {

    static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

    private final List<OneByte> bytes = new ArrayList<>();
    private final List<LogChunk> chunks;

    /** @param line which line of its stream it belongs to, counting from 0 */
    private record OneByte(LogStream stream, Instant at, long logOffset, byte value, int line) {}

    /** @param lastOffset where its last byte is, which orders the lines */
    @SuppressWarnings("ArrayRecordComponent") // compared field by field
    record Line(LogStream stream, Instant at, long offset, long lastOffset, byte[] bytes) {}

    private TestLog(List<LogChunk> chunks) {
        this.chunks = chunks;
        Map<LogStream, Integer> lines = new EnumMap<>(LogStream.class);
        for (LogChunk chunk : chunks) {
            byte[] content = Objects.requireNonNull(chunk.bytes());
            for (int i = 0; i < chunk.length(); i++) {
                int line = lines.getOrDefault(chunk.stream(), 0);
                bytes.add(new OneByte(chunk.stream(), chunk.at(), bytes.size(), content[i], line));
                boolean ends = content[i] == '\n' && (chunk.stream() != LogStream.MARK || i == content.length - 1);
                lines.put(chunk.stream(), ends ? line + 1 : line);
            }
        }
    }

    static TestLog random(Random random, int chunkCount) {
        List<LogChunk> chunks = new ArrayList<>();
        StreamOffsets offsets = StreamOffsets.ZERO;
        Instant at = T0;
        int newlines = random.nextInt(20);
        for (int seq = 1; seq <= chunkCount; seq++) {
            boolean mark = seq == chunkCount && random.nextInt(3) == 0;
            LogStream stream = mark ? LogStream.MARK : random.nextInt(4) > 0 ? LogStream.STDOUT : LogStream.STDERR;
            byte[] content = mark ? "\n[gantry: cut]\n".getBytes(StandardCharsets.UTF_8) : content(random, newlines);
            chunks.add(new LogChunk(seq, stream, at, offsets.total(), offsets.of(stream), content.length, content));
            offsets = offsets.plus(stream, content.length);
            at = at.plusMillis(random.nextInt(3) * 10L);
        }
        return new TestLog(chunks);
    }

    private static byte[] content(Random random, int newlines) {
        byte[] content = new byte[1 + random.nextInt(random.nextInt(10) == 0 ? 3000 : 30)];
        random.nextBytes(content);
        for (int i = 0; i < content.length; i++) {
            if (random.nextInt(100) < newlines) {
                content[i] = '\n';
            }
        }
        return content;
    }

    void store(Database database, RunId run) {
        database.useTransaction(handle -> {
            insert(handle, run);
            handle.execute(
                    "update runs set log_chunks = ?, log_bytes = ? where id = ?",
                    chunks.size(),
                    bytes.size(),
                    run.value());
        });
    }

    private void insert(Handle handle, RunId run) {
        if (chunks.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch("""
                insert into log_chunks (run_id, seq, stream, at, log_offset, stream_offset, bytes)
                values (?, ?, ?, ?, ?, ?, ?)""");
        for (LogChunk chunk : chunks) {
            batch.add(
                    run.value(),
                    chunk.seq(),
                    chunk.stream().code(),
                    chunk.at(),
                    chunk.logOffset(),
                    chunk.streamOffset(),
                    chunk.bytes());
        }
        batch.execute();
    }

    /** All lines, in the order in which they end; those without newline last, in the order in which they begin. */
    List<Line> lines(LogQuery query) {
        List<Line> lines = new ArrayList<>();
        for (LogStream stream : LogStream.values()) {
            if (query.stream().isEmpty() || query.stream().get() == stream) {
                lines.addAll(linesOf(stream));
            }
        }
        lines.removeIf(
                line -> query.since().map(since -> line.at().isBefore(since)).orElse(false));
        lines.removeIf(
                line -> query.until().map(until -> !line.at().isBefore(until)).orElse(false));
        lines.sort(Comparator.comparing(Line::lastOffset));
        int from = (int) Math.max(0, lines.size() - query.tail().orElse(Long.MAX_VALUE));
        List<Line> selected = new ArrayList<>(lines.subList(from, lines.size()));
        List<Line> open = selected.stream()
                .filter(line -> !isTerminated(line))
                .sorted(Comparator.comparing(Line::offset))
                .toList();
        selected.removeAll(open);
        selected.addAll(open);
        return selected;
    }

    private static boolean isTerminated(Line line) {
        return line.bytes()[line.bytes().length - 1] == '\n';
    }

    private List<Line> linesOf(LogStream stream) {
        List<Line> lines = new ArrayList<>();
        List<OneByte> own = bytes.stream().filter(b -> b.stream() == stream).toList();
        int start = 0;
        for (int i = 0; i < own.size(); i++) {
            if (i + 1 == own.size() || own.get(i + 1).line() != own.get(i).line()) {
                lines.add(line(own.subList(start, i + 1)));
                start = i + 1;
            }
        }
        return lines;
    }

    private static Line line(List<OneByte> bytes) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        bytes.forEach(b -> content.write(b.value()));
        OneByte first = bytes.get(0);
        return new Line(
                first.stream(),
                first.at(),
                first.logOffset(),
                bytes.get(bytes.size() - 1).logOffset(),
                content.toByteArray());
    }

    /** The bytes of the selected lines, in the order of the log. */
    byte[] bytes(LogQuery query) {
        List<Line> lines = lines(query);
        ByteArrayOutputStream selected = new ByteArrayOutputStream();
        Map<LogStream, long[]> spans = new EnumMap<>(LogStream.class);
        for (Line line : lines) {
            spans.merge(line.stream(), new long[] {line.offset(), line.lastOffset()}, (a, b) ->
                    new long[] {Math.min(a[0], b[0]), Math.max(a[1], b[1])});
        }
        for (OneByte b : bytes) {
            long[] span = spans.get(b.stream());
            if (span != null && b.logOffset() >= span[0] && b.logOffset() <= span[1]) {
                selected.write(b.value());
            }
        }
        return selected.toByteArray();
    }

    /** A time around which something happens, or none. */
    Optional<Instant> someTime(Random random) {
        return random.nextBoolean()
                ? Optional.empty()
                : Optional.of(T0.plusMillis(random.nextInt(chunks.size() * 12 + 20) - 10L));
    }
}
