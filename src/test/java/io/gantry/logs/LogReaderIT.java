package io.gantry.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.access.Scope;
import io.gantry.database.TestDatabase;
import io.gantry.logs.LogLine.Position;
import io.gantry.run.RunId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogReaderIT {

    @RegisterExtension
    static final TestDatabase db = TestDatabase.migrated();

    private final LoggedRuns found = new LoggedRunStore(db.database());
    private final LogReader reader = new LogReader(new LogPageStore(db.database()));
    private final TestRuns runs = new TestRuns(db.database());

    private StoredLog store(TestLog log) {
        RunId run = runs.running();
        log.store(db.database(), run);
        return reader.open(found.find(run, Scope.ALL).orElseThrow());
    }

    private static LogQuery query(Random random, TestLog log) {
        Optional<LogStream> stream = switch (random.nextInt(4)) {
            case 0 -> Optional.of(LogStream.STDOUT);
            case 1 -> Optional.of(LogStream.STDERR);
            default -> Optional.empty();
        };
        Optional<Long> tail = random.nextBoolean() ? Optional.empty() : Optional.of((long) random.nextInt(12));
        return new LogQuery(stream, tail, log.someTime(random), log.someTime(random), false);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 10, 100, 600})
    void any_part_of_any_log_is_what_was_written(int chunks) throws IOException {
        for (long seed = 0; seed < 3; seed++) {
            Random random = new Random(seed * 1000 + chunks);
            TestLog log = TestLog.random(random, chunks);
            StoredLog storedLog = store(log);
            for (int i = 0; i < 12; i++) {
                LogQuery query = chunks == 0 || i == 0 ? LogQuery.EVERYTHING : query(random, log);
                LogSelection selection = reader.select(storedLog, query);
                byte[] expected = log.bytes(query);

                assertThat(copy(storedLog, selection, 0, selection.length()))
                        .as("seed %d, %s", seed, query)
                        .isEqualTo(expected);
                if (expected.length > 0) {
                    int skip = random.nextInt(expected.length);
                    int count = 1 + random.nextInt(expected.length - skip);
                    assertThat(copy(storedLog, selection, skip, count))
                            .as("seed %d, %d after %d of %s", seed, count, skip, query)
                            .isEqualTo(Arrays.copyOfRange(expected, skip, skip + count));
                }
                assertLines(log, storedLog, selection, query);
            }
        }
    }

    private void assertLines(TestLog log, StoredLog storedLog, LogSelection selection, LogQuery query)
            throws IOException {
        List<String> lines = new ArrayList<>();
        reader.lines(storedLog, selection, line -> {
            assertThat(line.position()).isEqualTo(Position.BEGINS);
            lines.add("%s %s %d %s"
                    .formatted(
                            line.stream(),
                            line.at(),
                            line.logOffset(),
                            text(line.bytes(), line.offset(), line.length())));
        });

        assertThat(lines)
                .as("%s", query)
                .isEqualTo(log.lines(query).stream()
                        .map(line -> "%s %s %d %s"
                                .formatted(
                                        line.stream(),
                                        line.at(),
                                        line.offset(),
                                        text(line.bytes(), 0, line.bytes().length)))
                        .toList());
    }

    private static String text(byte[] bytes, int offset, int length) {
        return new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
    }

    private byte[] copy(StoredLog log, LogSelection selection, long skip, long count) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        reader.copy(log, selection, skip, count, out);
        return out.toByteArray();
    }

    @Test
    void a_log_that_grows_meanwhile_is_read_as_it_was() throws IOException {
        RunId run = runs.running();
        TestLog before = TestLog.random(new Random(4), 50);
        before.store(db.database(), run);
        StoredLog opened = reader.open(found.find(run, Scope.ALL).orElseThrow());
        db.jdbi()
                .useHandle(handle -> handle.execute(
                        """
                insert into log_chunks (run_id, seq, stream, at, log_offset, stream_offset, bytes)
                values (?, 51, 1, clock_timestamp(), ?, ?, 'more')""", run.value(), opened.end().total(), opened.end().stdout()));

        LogSelection all = reader.select(opened, LogQuery.EVERYTHING);

        assertThat(copy(opened, all, 0, all.length())).isEqualTo(before.bytes(LogQuery.EVERYTHING));
    }

    @Test
    void a_log_that_is_deleted_meanwhile_does_not_look_whole() {
        StoredLog opened = store(TestLog.random(new Random(4), 50));
        LogSelection all = reader.select(opened, LogQuery.EVERYTHING);
        db.jdbi()
                .useHandle(handle -> handle.execute(
                        "delete from log_chunks where run_id = ?", opened.run().value()));

        assertThatThrownBy(() -> copy(opened, all, 0, all.length()))
                .hasMessageContaining("was deleted while it was being read");
    }

    @Test
    void any_place_is_found_quickly_in_a_log_of_many_chunks() throws IOException {
        RunId run = runs.running();
        db.jdbi().useHandle(handle -> {
            handle.execute("""
                    insert into log_chunks (run_id, seq, stream, at, log_offset, stream_offset, bytes)
                    select ?, n, 1, timestamptz '2026-01-01Z' + n * interval '1 ms', (n - 1) * 8, (n - 1) * 8,
                        convert_to(lpad(n::text, 7, '0') || E'\\n', 'UTF8')
                    from generate_series(1, 200000) n""", run.value());
            handle.execute("update runs set log_chunks = 200000, log_bytes = 1600000 where id = ?", run.value());
        });
        StoredLog log = reader.open(found.find(run, Scope.ALL).orElseThrow());
        long start = System.nanoTime();

        LogSelection all = reader.select(log, LogQuery.EVERYTHING);
        assertThat(copy(log, all, 800_000, 8)).asString().isEqualTo("0100001\n");
        LogSelection since = reader.select(
                log,
                new LogQuery(
                        Optional.empty(),
                        Optional.of(2L),
                        Optional.of(TestLog.T0.plusSeconds(150)),
                        Optional.of(TestLog.T0.plusSeconds(160)),
                        false));
        assertThat(copy(log, since, 0, since.length())).asString().isEqualTo("0159998\n0159999\n");

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }
}
