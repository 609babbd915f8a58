package io.gantry.invariant;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.database.TestDatabase;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LooksAtManyRunsIT {

    private static final Duration TOGETHER = Duration.ofSeconds(2);

    @RegisterExtension
    static final TestDatabase db = TestDatabase.migrated();

    /** A hundred tasks with a thousand runs each; the last twenty of them have a log of 6 MiB each. */
    @Test
    void the_rules_are_cheap_to_check_among_a_hundred_thousand_runs() {
        fill();

        Map<String, Long> millis = new TreeMap<>();
        for (Rule rule : StoredRules.of(db.database(), 2, 100)) {
            long begin = System.nanoTime();
            assertThat(rule.breach().get()).as(rule.name()).isEmpty();
            millis.put(rule.name(), Duration.ofNanos(System.nanoTime() - begin).toMillis());
        }

        assertThat(millis.values().stream().mapToLong(Long::longValue).sum())
                .as("milliseconds of %s", millis)
                .isLessThan(TOGETHER.toMillis());
    }

    private static void fill() {
        db.jdbi().useHandle(handle -> {
            handle.useTransaction(in -> {
                in.execute("""
                        insert into tasks (id, title, spec, latest_run_id, created_at, updated_at)
                        select md5('task ' || i)::uuid, 'a task', '{"image": "busybox", "command": "true"}',
                               md5('run ' || (99900 + i))::uuid, now() + i * interval '1 microsecond', now()
                        from generate_series(1, 100) i""");
                in.execute("""
                        insert into runs (id, task_id, position, trigger, status, spec, queued_at, claimed_at, started_at,
                            finished_at, exit_code, log_complete, epoch, node, engine_id, container_id, log_bytes, log_chunks)
                        select md5('run ' || i)::uuid, md5('task ' || ((i - 1) % 100 + 1))::uuid, i, 'manual', 'succeeded',
                            '{"image": "busybox", "command": ["sh", "-c", "for i in $(seq 60); do echo $i; sleep 1; done"]}',
                            now() + i * interval '1 s', now() + i * interval '1 s', now(), now(), 0, true, 1, 'blue',
                            'an engine', md5(i::text), logged * 6553600, logged * 100
                        from generate_series(1, 100000) i, lateral (select (i > 99980)::int as logged) l""");
                in.execute("""
                        insert into log_chunks
                        select md5('run ' || run)::uuid, seq, 1, now(), (seq - 1) * 65536, (seq - 1) * 65536,
                            decode(repeat('ab', 65536), 'hex')
                        from generate_series(99981, 100000) run, generate_series(1, 100) seq""");
                in.execute("update ledger set tasks = 100, last_position = 100000");
            });
            handle.execute("vacuum analyze");
        });
    }
}
