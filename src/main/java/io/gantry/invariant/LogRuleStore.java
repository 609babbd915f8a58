package io.gantry.invariant;

import io.gantry.database.Database;
import java.util.Optional;

/** Whether the logs of the runs that ended last are of one piece. */
final class LogRuleStore {

    private static final int RECENT = 20;

    private final Database database;

    LogRuleStore(Database database) {
        this.database = database;
    }

    /** Chunks follow each other by number, in the whole log and in their stream, and make what the run's row says. */
    Optional<String> findGap() {
        return database.read(handle -> handle.createQuery("""
                        with ended as (
                            select id, log_chunks, log_bytes from runs
                            where claimed_at is not null and finished_at is not null
                            order by claimed_at desc limit :recent),
                        chunks as (
                            select c.run_id, c.seq, c.log_offset, c.stream_offset, octet_length(c.bytes) as length,
                                   row_number() over log as seq_due,
                                   sum(octet_length(c.bytes)) over log as log_end,
                                   sum(octet_length(c.bytes)) over stream as stream_end
                            from ended join log_chunks c on c.run_id = ended.id
                            window log as (partition by c.run_id order by c.seq),
                                   stream as (partition by c.run_id, c.stream order by c.seq))
                        (select 'Chunk ' || seq || ' of run ' || run_id || ' is not where the one before it ends.'
                         from chunks
                         where seq <> seq_due or log_offset + length <> log_end or stream_offset + length <> stream_end
                         limit 1)
                        union all
                        (select 'Run ' || id || ' has ' || log_bytes || ' bytes of log by its row, and '
                                || coalesce(sum(length), 0) || ' are stored.'
                         from ended left join chunks on run_id = id
                         group by id, log_chunks, log_bytes
                         having coalesce(sum(length), 0) <> log_bytes or count(seq) <> log_chunks
                         limit 1)
                        limit 1""")
                .bind("recent", RECENT)
                .mapTo(String.class)
                .findOne());
    }
}
