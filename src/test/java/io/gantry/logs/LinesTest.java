package io.gantry.logs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LinesTest {

    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

    private final List<String> seen = new ArrayList<>();
    private final Lines lines = new Lines(line -> seen.add("%s@%d+%d %s"
            .formatted(
                    line.stream().word(),
                    line.logOffset(),
                    line.at().toEpochMilli() - T0.toEpochMilli(),
                    new String(line.bytes(), line.offset(), line.length(), UTF_8))));
    private long offset;
    private long millis;

    private void add(LogStream stream, String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        lines.add(new LogSlice(stream, T0.plusMillis(millis++), offset, 0, bytes, 0, bytes.length));
        offset += bytes.length;
    }

    @Test
    void a_line_that_the_other_stream_interrupts_stays_one_line() throws IOException {
        add(LogStream.STDOUT, "ab");
        add(LogStream.STDERR, "x\ny");
        add(LogStream.STDOUT, "c\n");
        add(LogStream.STDERR, "z");
        lines.finish();

        assertThat(seen).containsExactly("stderr@2+1 x\n", "stdout@0+0 abc\n", "stderr@4+1 yz");
    }

    @Test
    void empty_lines_are_lines() throws IOException {
        add(LogStream.STDOUT, "\n\n");
        lines.finish();

        assertThat(seen).containsExactly("stdout@0+0 \n", "stdout@1+0 \n");
    }

    @Test
    void unterminated_lines_come_last_in_the_order_in_which_they_began() throws IOException {
        add(LogStream.STDERR, "first");
        add(LogStream.STDOUT, "second");
        lines.finish();

        assertThat(seen).containsExactly("stderr@0+0 first", "stdout@5+1 second");
    }

    @Test
    void a_mark_is_one_line() throws IOException {
        add(LogStream.MARK, "\n[cut]\n");
        lines.finish();

        assertThat(seen).containsExactly("gantry@0+0 \n[cut]\n");
    }

    @Nested
    class Long_lines {

        private final List<byte[]> pieces = new ArrayList<>();
        private final List<Long> offsets = new ArrayList<>();
        private final List<LogLine.Position> positions = new ArrayList<>();
        private final Lines joined = new Lines(line -> {
            ByteArrayOutputStream copy = new ByteArrayOutputStream();
            copy.write(line.bytes(), line.offset(), line.length());
            pieces.add(copy.toByteArray());
            offsets.add(line.logOffset());
            positions.add(line.position());
        });

        @Test
        void come_in_pieces_that_split_no_character() throws IOException {
            byte[] bytes = ("x" + "€".repeat(50_000) + "\n").getBytes(UTF_8);
            for (int i = 0; i < bytes.length; i += 1000) {
                joined.add(new LogSlice(LogStream.STDOUT, T0, i, i, bytes, i, Math.min(1000, bytes.length - i)));
            }
            joined.finish();

            ByteArrayOutputStream all = new ByteArrayOutputStream();
            long expected = 0;
            for (int i = 0; i < pieces.size(); i++) {
                assertThat(offsets.get(i)).isEqualTo(expected);
                assertThat(pieces.get(i).length).isLessThanOrEqualTo(LineBuffer.LONGEST);
                expected += pieces.get(i).length;
                all.writeBytes(pieces.get(i));
            }
            assertThat(all.toByteArray()).isEqualTo(bytes);
            assertThat(positions)
                    .containsExactly(LogLine.Position.BEGINS, LogLine.Position.CONTINUES, LogLine.Position.CONTINUES);
            assertThat(pieces)
                    .allSatisfy(piece ->
                            assertThat(Utf8.text(piece, 0, piece.length)).isPresent());
        }

        @Test
        void of_exactly_the_longest_size_are_one_piece() throws IOException {
            byte[] bytes = ("x".repeat(LineBuffer.LONGEST - 1) + "\n").getBytes(UTF_8);
            joined.add(new LogSlice(LogStream.STDOUT, T0, 0, 0, bytes, 0, bytes.length));
            joined.finish();

            assertThat(pieces).containsExactly(bytes);
        }
    }
}
