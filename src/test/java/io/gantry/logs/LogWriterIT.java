package io.gantry.logs;

import static io.gantry.engine.OutputStreamName.STDERR;
import static io.gantry.engine.OutputStreamName.STDOUT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dropwizard.util.DataSize;
import io.gantry.database.Database;
import io.gantry.database.TestDatabase;
import io.gantry.engine.OutputStreamName;
import io.gantry.logs.LogWriter.Flushed;
import io.gantry.logs.LogWriter.State;
import io.gantry.run.RunId;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LogWriterIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    @RegisterExtension
    static final TestDatabase db = TestDatabase.migrated();

    private final FlakyDataSource source = new FlakyDataSource(db.dataSource());
    private final AtomicLong counted = new AtomicLong();
    private final StoredLogs stored = new StoredLogs(db.database());
    private final TestRuns runs = new TestRuns(db.database());
    private final RunId run = runs.running();

    private Logs logs(DataSize limit) {
        return new Logs(new Database(source), new LogsConfiguration(limit), InstantSource.system(), counted::addAndGet);
    }

    private LogWriter open() {
        return logs(DataSize.mebibytes(64)).open(run, 1).orElseThrow();
    }

    private static void write(LogWriter writer, OutputStreamName stream, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        writer.output(stream, bytes, 0, bytes.length);
    }

    @Test
    void every_byte_of_both_streams_is_stored_as_it_came() {
        Random random = new Random(7);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] reused = new byte[1024];
        try (LogWriter writer = open()) {
            for (int i = 0; i < 5000; i++) {
                random.nextBytes(reused);
                int offset = random.nextInt(100);
                int length = 1 + random.nextInt(900);
                boolean toOut = random.nextInt(3) > 0;
                writer.output(toOut ? STDOUT : STDERR, reused, offset, length);
                (toOut ? out : err).write(reused, offset, length);
                all.write(reused, offset, length);
            }
            assertThat(writer.flush(SOON)).isEqualTo(Flushed.ALL);
            assertThat(writer.isGapless()).isTrue();
        }

        assertThat(stored.stream(run, LogStream.STDOUT)).isEqualTo(out.toByteArray());
        assertThat(stored.stream(run, LogStream.STDERR)).isEqualTo(err.toByteArray());
        assertThat(stored.everything(run)).isEqualTo(all.toByteArray());
        assertThat(stored.facts(run).bytes()).isEqualTo(all.size());
        assertThat(counted).hasValue(all.size());
    }

    @Test
    void ten_thousand_lines_a_second_on_both_streams_are_no_trouble() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        long start = System.nanoTime();
        try (LogWriter writer = open()) {
            for (int i = 0; i < 10_000; i++) {
                byte[] line = ("line number " + i + "\n").getBytes(UTF_8);
                writer.output(STDOUT, line, 0, line.length);
                writer.output(STDERR, line, 0, line.length);
                out.writeBytes(line);
                err.writeBytes(line);
            }
            assertThat(writer.flush(SOON)).isEqualTo(Flushed.ALL);
            assertThat(writer.state()).isEqualTo(State.OPEN);
        }

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
        assertThat(stored.stream(run, LogStream.STDOUT)).isEqualTo(out.toByteArray());
        assertThat(stored.stream(run, LogStream.STDERR)).isEqualTo(err.toByteArray());
    }

    @Test
    void output_is_readable_a_moment_after_it_came_without_a_flush() {
        try (LogWriter writer = open()) {
            write(writer, STDOUT, "hello\n");

            await().atMost(SOON).until(() -> stored.facts(run).bytes() == 6);
        }
    }

    @Test
    void a_log_above_the_cap_ends_with_a_mark() {
        try (LogWriter writer = logs(DataSize.kibibytes(100)).open(run, 1).orElseThrow()) {
            for (int i = 0; i < 200; i++) {
                write(writer, STDOUT, "x".repeat(1000));
            }
            assertThat(writer.flush(SOON)).isEqualTo(Flushed.ALL);
        }

        String mark = "\n[gantry: output above 100KiB was not stored]\n";
        assertThat(new String(stored.everything(run), UTF_8)).isEqualTo("x".repeat(102_400) + mark);
        assertThat(stored.facts(run).bytes()).isEqualTo(102_400 + mark.length());
        assertThat(stored.facts(run).truncated()).isTrue();
        assertThat(stored.stream(run, LogStream.STDOUT)).hasSize(102_400);
    }

    @Test
    void a_log_that_was_cut_stays_as_it_is_after_a_restart() {
        for (long epoch = 1; epoch <= 2; epoch++) {
            runs.adopt(run, epoch);
            try (LogWriter writer = logs(DataSize.bytes(5)).open(run, epoch).orElseThrow()) {
                write(writer, STDOUT, "123456");
                assertThat(writer.flush(SOON)).isEqualTo(Flushed.ALL);
            }
        }

        assertThat(new String(stored.everything(run), UTF_8))
                .isEqualTo("12345\n[gantry: output above 5B was not stored]\n");
    }

    @Test
    void the_next_owner_goes_on_where_the_log_ends() {
        try (LogWriter writer = open()) {
            write(writer, STDOUT, "one\n");
            write(writer, STDERR, "two\n");
            assertThat(writer.flush(SOON)).isEqualTo(Flushed.ALL);
        }
        runs.adopt(run, 2);
        try (LogWriter writer = logs(DataSize.mebibytes(1)).open(run, 2).orElseThrow()) {
            assertThat(writer.isGapless()).isFalse();
            write(writer, STDOUT, "three\n");
            assertThat(writer.flush(SOON)).isEqualTo(Flushed.ALL);
        }

        assertThat(new String(stored.everything(run), UTF_8)).isEqualTo("one\ntwo\nthree\n");
        assertThat(new String(stored.stream(run, LogStream.STDOUT), UTF_8)).isEqualTo("one\nthree\n");
    }

    @Nested
    class When_the_run_is_no_longer_ours {

        @Test
        void nothing_more_is_written() {
            try (LogWriter old = open()) {
                write(old, STDOUT, "one\n");
                assertThat(old.flush(SOON)).isEqualTo(Flushed.ALL);
                runs.adopt(run, 2);
                write(old, STDOUT, "late\n");

                assertThat(old.flush(SOON)).isEqualTo(Flushed.FENCED);
                assertThat(old.state()).isEqualTo(State.FENCED);
                assertThat(old.isGapless()).isFalse();
                write(old, STDOUT, "later\n");
            }

            assertThat(new String(stored.everything(run), UTF_8)).isEqualTo("one\n");
        }

        @Test
        void two_owners_leave_no_byte_twice() {
            try (LogWriter old = open();
                    LogWriter next = adopted()) {
                write(old, STDOUT, "old\n");
                write(next, STDOUT, "next\n");

                assertThat(old.flush(SOON)).isEqualTo(Flushed.FENCED);
                assertThat(next.flush(SOON)).isEqualTo(Flushed.ALL);
            }

            assertThat(new String(stored.everything(run), UTF_8)).isEqualTo("next\n");
        }

        private LogWriter adopted() {
            runs.adopt(run, 2);
            return logs(DataSize.mebibytes(1)).open(run, 2).orElseThrow();
        }

        @Test
        void it_is_not_even_opened() {
            runs.adopt(run, 2);

            assertThat(logs(DataSize.mebibytes(1)).open(run, 1)).isEmpty();
        }

        @Test
        void an_ended_run_takes_no_more() {
            try (LogWriter writer = open()) {
                runs.end(run, true);
                write(writer, STDOUT, "late\n");

                assertThat(writer.flush(SOON)).isEqualTo(Flushed.FENCED);
            }

            assertThat(stored.everything(run)).isEmpty();
        }
    }

    @Nested
    class When_the_storage_fails {

        @Test
        void output_waits_in_memory_and_is_stored_later() {
            try (LogWriter writer = open()) {
                source.break_down();
                write(writer, STDOUT, "kept\n");
                assertThat(writer.flush(Duration.ofMillis(300))).isEqualTo(Flushed.LATE);
                write(writer, STDOUT, "too\n");
                source.recover();

                assertThat(writer.flush(SOON)).isEqualTo(Flushed.ALL);
                assertThat(writer.isGapless()).isTrue();
            }

            assertThat(new String(stored.everything(run), UTF_8)).isEqualTo("kept\ntoo\n");
        }

        @Test
        void a_commit_whose_answer_got_lost_is_not_repeated() {
            try (LogWriter writer = open()) {
                source.lose_answers_to_commits(1);
                write(writer, STDOUT, "once\n");
                assertThat(writer.flush(SOON)).isEqualTo(Flushed.ALL);
                write(writer, STDOUT, "more\n");
                assertThat(writer.flush(SOON)).isEqualTo(Flushed.ALL);
            }

            assertThat(source.lostAnswers()).isEqualTo(1);
            assertThat(new String(stored.everything(run), UTF_8)).isEqualTo("once\nmore\n");
        }

        @Test
        void a_commit_that_never_happened_is_repeated() {
            try (LogWriter writer = open()) {
                source.fail_commits(2);
                write(writer, STDOUT, "once\n");

                assertThat(writer.flush(SOON)).isEqualTo(Flushed.ALL);
            }

            assertThat(new String(stored.everything(run), UTF_8)).isEqualTo("once\n");
        }

        @Test
        void a_full_buffer_holds_up_the_engine_for_half_a_second_only() {
            byte[] frame = new byte[16 * 1024];
            int frames = 0;
            long slowest = 0;
            try (LogWriter writer = open()) {
                source.break_down();
                while (writer.state() == State.OPEN) {
                    long start = System.nanoTime();
                    writer.output(STDOUT, frame, 0, frame.length);
                    slowest = Math.max(slowest, System.nanoTime() - start);
                    frames++;
                }
                assertThat(writer.state()).isEqualTo(State.OVERWHELMED);
                assertThat(writer.isGapless()).isFalse();
                writer.output(STDOUT, frame, 0, frame.length);
                source.recover();
                assertThat(writer.flush(SOON)).isEqualTo(Flushed.ALL);
            }

            assertThat(Duration.ofNanos(slowest)).isBetween(Duration.ofMillis(400), Duration.ofSeconds(5));
            assertThat(frames).isGreaterThan(100);
            assertThat(stored.everything(run).length)
                    .as("what was taken before it was overwhelmed, to the byte that still fitted")
                    .isBetween((frames - 1) * frame.length, frames * frame.length - 1);
        }
    }
}
