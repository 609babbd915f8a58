package io.gantry.logs;

import static io.gantry.engine.OutputStreamName.STDERR;
import static io.gantry.engine.OutputStreamName.STDOUT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dropwizard.util.DataSize;
import io.gantry.database.Database;
import io.gantry.database.TestDatabase;
import io.gantry.engine.OutputSink;
import io.gantry.engine.OutputStreamName;
import io.gantry.logs.LogReplay.Verdict;
import io.gantry.logs.LogWriter.Flushed;
import io.gantry.run.RunId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LogReplayIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final long PLENTY = 1L << 30;

    @RegisterExtension
    static final TestDatabase db = TestDatabase.migrated();

    private final FlakyDataSource source = new FlakyDataSource(db.dataSource());
    private final StoredLogs stored = new StoredLogs(db.database());
    private final TestRuns runs = new TestRuns(db.database());
    private final RunId run = runs.running();
    private final Logs logs = logs(DataSize.mebibytes(64));
    private LogWriter writer = logs.open(run, 1).orElseThrow();

    private Logs logs(DataSize limit) {
        return new Logs(new Database(source), new LogsConfiguration(limit), InstantSource.system(), bytes -> {});
    }

    @AfterEach
    void close() {
        writer.close();
    }

    private static void write(OutputSink sink, OutputStreamName stream, String text) {
        byte[] bytes = ("#" + text).getBytes(UTF_8);
        sink.output(stream, bytes, 1, bytes.length - 1);
    }

    private void attachDelivers(String out, String err) {
        write(writer, STDOUT, out);
        write(writer, STDERR, err);
        assertThat(writer.flush(SOON)).isEqualTo(Flushed.ALL);
    }

    private void nextOwner(Logs next) {
        writer.close();
        runs.adopt(run, 2);
        writer = next.open(run, 2).orElseThrow();
    }

    private LogReplay replay(long retention) {
        return logs.replay(writer, retention, SOON).orElseThrow();
    }

    private String out() {
        return new String(stored.stream(run, LogStream.STDOUT), UTF_8);
    }

    private String err() {
        return new String(stored.stream(run, LogStream.STDERR), UTF_8);
    }

    @Test
    void only_what_is_new_is_stored() {
        attachDelivers("one\ntw", "error\n");
        nextOwner(logs);

        LogReplay replay = replay(PLENTY);
        write(replay, STDERR, "error\n");
        write(replay, STDOUT, "one\n");
        write(replay, STDOUT, "two\nthree");
        write(replay, STDERR, "more\n");

        assertThat(replay.finish(SOON)).isEqualTo(Verdict.WHOLE);
        assertThat(out()).isEqualTo("one\ntwo\nthree");
        assertThat(err()).isEqualTo("error\nmore\n");
    }

    @Test
    void nothing_is_stored_twice_however_often_it_is_read_again() {
        for (int i = 0; i < 3; i++) {
            LogReplay replay = replay(PLENTY);
            write(replay, STDOUT, "one\ntwo\n");
            write(replay, STDERR, "error");
            assertThat(replay.finish(SOON)).isEqualTo(Verdict.WHOLE);
        }

        assertThat(out()).isEqualTo("one\ntwo\n");
        assertThat(err()).isEqualTo("error");
    }

    @Test
    void long_logs_are_compared_whatever_the_frames() {
        Random random = new Random(3);
        byte[] bytes = new byte[3_000_000];
        random.nextBytes(bytes);
        int known = 1_234_567;
        feed(writer, bytes, known, random, 5000);
        assertThat(writer.flush(SOON)).isEqualTo(Flushed.ALL);
        nextOwner(logs);

        LogReplay replay = replay(PLENTY);
        feed(replay, bytes, bytes.length, random, 16_384);

        assertThat(replay.finish(SOON)).isEqualTo(Verdict.WHOLE);
        assertThat(stored.stream(run, LogStream.STDOUT)).isEqualTo(bytes);
    }

    private static void feed(OutputSink sink, byte[] bytes, int to, Random random, int longest) {
        int done = 0;
        while (done < to) {
            int step = Math.min(to - done, 1 + random.nextInt(longest));
            sink.output(STDOUT, bytes, done, step);
            done += step;
        }
    }

    @Test
    void after_an_overload_the_engine_s_log_fills_the_gap() {
        byte[] bytes = new byte[8_000_000];
        new Random(5).nextBytes(bytes);
        source.break_down();
        feed(writer, bytes, bytes.length, new Random(1), 16_384);
        assertThat(writer.state()).isEqualTo(LogWriter.State.OVERWHELMED);
        source.recover();

        LogReplay replay = replay(PLENTY);
        feed(replay, bytes, bytes.length, new Random(2), 16_384);

        assertThat(replay.finish(SOON)).isEqualTo(Verdict.WHOLE);
        assertThat(stored.stream(run, LogStream.STDOUT)).isEqualTo(bytes);
        assertThat(writer.isGapless()).isFalse();
    }

    @Nested
    class When_the_engine_s_log_does_not_fit {

        @Test
        void a_difference_ends_the_storing() {
            attachDelivers("one\ntwo\n", "");
            nextOwner(logs);

            LogReplay replay = replay(PLENTY);
            write(replay, STDOUT, "one\ntwa\nthree\n");
            write(replay, STDERR, "error");

            assertThat(replay.trouble()).contains(Verdict.MISMATCH);
            assertThat(replay.finish(SOON)).isEqualTo(Verdict.MISMATCH);
            assertThat(out()).isEqualTo("one\ntwo\n");
            assertThat(err()).isEmpty();
        }

        @Test
        void a_lost_partial_line_shows_as_a_difference() {
            attachDelivers("one\nparti", "");
            nextOwner(logs);

            LogReplay replay = replay(PLENTY);
            write(replay, STDOUT, "one\n");
            write(replay, STDOUT, "next\n");

            assertThat(replay.finish(SOON)).isEqualTo(Verdict.MISMATCH);
            assertThat(out()).isEqualTo("one\nparti");
        }

        @Test
        void a_beginning_that_was_rotated_away_shows_as_a_difference() {
            attachDelivers("one\ntwo\n", "");
            nextOwner(logs);

            LogReplay replay = replay(PLENTY);
            write(replay, STDOUT, "two\nthree\n");

            assertThat(replay.finish(SOON)).isEqualTo(Verdict.MISMATCH);
            assertThat(out()).isEqualTo("one\ntwo\n");
        }

        @Test
        void a_shorter_one_leaves_what_is_stored() {
            attachDelivers("one\ntwo", "error");
            nextOwner(logs);

            LogReplay replay = replay(PLENTY);
            write(replay, STDOUT, "one\ntwo");
            write(replay, STDERR, "err");

            assertThat(replay.finish(SOON)).isEqualTo(Verdict.SHORTER);
            assertThat(out()).isEqualTo("one\ntwo");
            assertThat(err()).isEqualTo("error");
        }

        @Test
        void one_that_may_have_rotated_is_not_trusted_even_if_it_looks_the_same() {
            String line = "y\n";
            attachDelivers(line.repeat(10), "");
            nextOwner(logs);

            LogReplay replay = replay(1000);
            for (int i = 0; i < 40; i++) {
                write(replay, STDOUT, line);
            }

            assertThat(replay.finish(SOON)).isEqualTo(Verdict.ROTATED);
            assertThat(out().length()).isLessThan(1000 / 34 * 2 + 2);
        }
    }

    @Nested
    class When_the_log_is_cut_at_its_cap {

        private final Logs small = logs(DataSize.bytes(6));

        @Test
        void what_is_stored_is_still_compared() {
            writer.close();
            writer = small.open(run, 1).orElseThrow();
            attachDelivers("one\n", "");
            nextOwner(small);

            LogReplay replay = replay(PLENTY);
            write(replay, STDOUT, "one\ntwo\nthree\n");

            assertThat(replay.finish(SOON)).isEqualTo(Verdict.WHOLE);
            assertThat(new String(stored.everything(run), UTF_8))
                    .isEqualTo("one\ntw\n[gantry: output above 6B was not stored]\n");
        }

        @Test
        void a_later_owner_has_nothing_to_add_whatever_the_engine_dropped() {
            writer.close();
            writer = small.open(run, 1).orElseThrow();
            attachDelivers("one\ntwo\n", "");
            nextOwner(small);

            LogReplay replay = replay(10);
            write(replay, STDOUT, "ninety-nine\n");

            assertThat(replay.finish(SOON)).isEqualTo(Verdict.WHOLE);
            assertThat(stored.facts(run).truncated()).isTrue();
        }
    }

    @Test
    void a_paused_owner_that_wakes_up_in_a_replay_stores_nothing() {
        LogReplay replay = replay(PLENTY);
        runs.adopt(run, 2);
        write(replay, STDOUT, "late\n");

        assertThat(replay.finish(SOON)).isEqualTo(Verdict.FENCED);
        assertThat(out()).isEmpty();
    }
}
