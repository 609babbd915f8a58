package io.gantry.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PendingChunksTest {

    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

    private final PendingChunks chunks = new PendingChunks(4 << 20, new LogCap(64 << 20), LogEnd.EMPTY);

    private static int add(PendingChunks chunks, LogStream stream, Instant at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return chunks.add(stream, at, bytes, 0, bytes.length);
    }

    private static List<String> texts(List<PendingChunk> batch) {
        return batch.stream()
                .map(chunk -> chunk.stream() + ":" + new String(chunk.bytes(), StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void frames_of_one_stream_are_joined_until_the_other_one_speaks() {
        add(chunks, LogStream.STDOUT, T0, "a");
        add(chunks, LogStream.STDOUT, T0, "b");
        add(chunks, LogStream.STDERR, T0, "c");
        add(chunks, LogStream.STDOUT, T0, "d");

        assertThat(texts(chunks.takeBatch())).containsExactly("STDOUT:ab", "STDERR:c", "STDOUT:d");
    }

    @Test
    void a_frame_that_comes_much_later_keeps_its_own_time() {
        add(chunks, LogStream.STDOUT, T0, "a");
        add(chunks, LogStream.STDOUT, T0.plusMillis(99), "b");
        add(chunks, LogStream.STDOUT, T0.plusMillis(100), "c");

        List<PendingChunk> batch = chunks.takeBatch();
        assertThat(texts(batch)).containsExactly("STDOUT:ab", "STDOUT:c");
        assertThat(batch).extracting(PendingChunk::at).containsExactly(T0, T0.plusMillis(100));
    }

    @Test
    void times_never_go_back() {
        add(chunks, LogStream.STDOUT, T0, "a");
        add(chunks, LogStream.STDERR, T0.minusSeconds(5), "b");

        assertThat(chunks.takeBatch()).extracting(PendingChunk::at).containsExactly(T0, T0);
    }

    @Test
    void chunks_hold_64_KiB_at_most_and_every_byte() {
        Random random = new Random(1);
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        for (int i = 0; i < 300; i++) {
            byte[] frame = new byte[1 + random.nextInt(3000)];
            random.nextBytes(frame);
            assertThat(chunks.add(LogStream.STDOUT, T0, frame, 0, frame.length)).isEqualTo(frame.length);
            written.writeBytes(frame);
        }

        List<PendingChunk> batch = chunks.takeBatch();
        assertThat(batch).allSatisfy(chunk -> assertThat(chunk.length()).isLessThanOrEqualTo(PendingChunks.CHUNK));
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        batch.forEach(chunk -> joined.writeBytes(chunk.bytes()));
        assertThat(joined.toByteArray()).isEqualTo(written.toByteArray());
    }

    @Test
    void what_was_taken_out_is_never_appended_to() {
        add(chunks, LogStream.STDOUT, T0, "a");
        List<PendingChunk> batch = chunks.takeBatch();
        add(chunks, LogStream.STDOUT, T0, "b");

        assertThat(texts(batch)).containsExactly("STDOUT:a");
        assertThat(texts(chunks.takeBatch())).containsExactly("STDOUT:b");
    }

    @Nested
    class When_it_is_full {

        private final PendingChunks small = new PendingChunks(1000, new LogCap(1 << 20), LogEnd.EMPTY);

        @Test
        void it_takes_what_there_is_room_for_and_the_rest_once_a_batch_is_stored() {
            String frame = "x".repeat(2000);
            int taken = add(small, LogStream.STDOUT, T0, frame);
            assertThat(taken).isBetween(1, 1000);
            assertThat(add(small, LogStream.STDOUT, T0, frame)).isZero();

            small.takeBatch();
            assertThat(add(small, LogStream.STDOUT, T0, frame))
                    .as("a batch under way still fills it")
                    .isZero();
            small.released();
            assertThat(add(small, LogStream.STDOUT, T0, frame)).isEqualTo(taken);
        }

        @Test
        void tiny_frames_count_for_more_than_their_bytes() {
            int frames = 0;
            while (add(small, frames % 2 == 0 ? LogStream.STDOUT : LogStream.STDERR, T0, "x") > 0) {
                frames++;
            }

            assertThat(frames).isBetween(3, 10);
        }
    }

    @Nested
    class At_the_cap {

        private final PendingChunks capped = new PendingChunks(4 << 20, new LogCap(10), LogEnd.EMPTY);

        @Test
        void output_of_exactly_that_size_is_not_marked() {
            add(capped, LogStream.STDOUT, T0, "12345");
            add(capped, LogStream.STDERR, T0, "67890");

            assertThat(texts(capped.takeBatch())).containsExactly("STDOUT:12345", "STDERR:67890");
            assertThat(capped.isCut()).isFalse();
        }

        @Test
        void it_cuts_to_the_byte_and_leaves_one_mark() {
            assertThat(add(capped, LogStream.STDOUT, T0, "12345678")).isEqualTo(8);
            assertThat(add(capped, LogStream.STDERR, T0, "abcd")).isEqualTo(4);
            assertThat(add(capped, LogStream.STDERR, T0, "efgh")).isEqualTo(4);

            assertThat(texts(capped.takeBatch()))
                    .containsExactly(
                            "STDOUT:12345678", "STDERR:ab", "MARK:\n[gantry: output above 10B was not stored]\n");
            assertThat(capped.isCut()).isTrue();
        }

        @Test
        void the_mark_stands_on_a_line_of_its_own() {
            add(capped, LogStream.STDOUT, T0, "123456789\n");
            add(capped, LogStream.STDOUT, T0, "x");

            assertThat(texts(capped.takeBatch()))
                    .containsExactly("STDOUT:123456789\n", "MARK:[gantry: output above 10B was not stored]\n");
        }

        @Test
        void a_log_that_was_cut_before_gets_no_second_mark() {
            add(capped, LogStream.STDOUT, T0, "12345678901");
            LogEnd end = LogBatch.following(LogEnd.EMPTY, capped.takeBatch()).after();
            PendingChunks next = new PendingChunks(4 << 20, new LogCap(1000), end);

            assertThat(add(next, LogStream.STDOUT, T0, "more")).isEqualTo(4);
            assertThat(next.isDone()).isTrue();
        }
    }

    @Test
    void the_cap_is_told_in_the_largest_unit_that_fits() {
        assertThat(new String(new LogCap(64 << 20).mark(LogEnd.LineState.AT_START), StandardCharsets.UTF_8))
                .isEqualTo("[gantry: output above 64MiB was not stored]\n");
        assertThat(new String(new LogCap(1536L << 20).mark(LogEnd.LineState.AT_START), StandardCharsets.UTF_8))
                .contains("1536MiB");
        assertThat(new String(new LogCap(1000).mark(LogEnd.LineState.AT_START), StandardCharsets.UTF_8))
                .contains("1000B");
    }
}
