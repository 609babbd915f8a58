package io.gantry.logs;

import io.gantry.database.Database;
import io.gantry.logs.LogEnd.CapState;
import io.gantry.logs.LogEnd.LineState;
import io.gantry.run.RunId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementContext;

/** Writes the chunks of logs; what is read of them is in {@link LogPageStore}. */
final class LogStore {

    private final Database database;

    LogStore(Database database) {
        this.database = database;
    }

    /** Where the log ends. Empty when the run isn't in this epoch: someone else drives it, or it is gone. */
    Optional<LogEnd> findEnd(RunId run, long epoch) {
        return database.read(handle -> handle.createQuery(
                        "select log_chunks, log_truncated from runs where id = :run and epoch = :epoch")
                .bind("run", run.value())
                .bind("epoch", epoch)
                .map((row, context) ->
                        endAfter(handle, run, row.getLong("log_chunks"), row.getBoolean("log_truncated")))
                .findOne());
    }

    private static LogEnd endAfter(Handle handle, RunId run, long chunks, boolean truncated) {
        if (chunks == 0) {
            return LogEnd.EMPTY;
        }
        CapState state = truncated ? CapState.CUT : CapState.BELOW;
        return findLast(handle, run, chunks)
                .map(last -> new LogEnd(chunks, offsetsAfter(handle, run, last), last.at(), last.line(), state))
                .orElse(LogEnd.EMPTY);
    }

    static StreamOffsets offsetsAfter(Handle handle, RunId run, LastChunk last) {
        if (last.chunk().stream() == LogStream.MARK) {
            return findLast(handle, run, last.chunk().seq() - 1)
                    .map(before -> offsetsAfter(handle, run, before))
                    .orElse(StreamOffsets.ZERO)
                    .plus(LogStream.MARK, last.chunk().length());
        }
        return last.chunk()
                .start(StreamOffsets.ZERO)
                .plus(last.chunk().stream(), last.chunk().length());
    }

    static Optional<LastChunk> findLast(Handle handle, RunId run, long seq) {
        return handle.createQuery("""
                        select seq, stream, at, log_offset, stream_offset, octet_length(bytes) as length,
                               substring(bytes from octet_length(bytes)) as last_byte
                        from log_chunks where run_id = :run and seq = :seq""")
                .bind("run", run.value())
                .bind("seq", seq)
                .map(LastChunk::read)
                .findOne();
    }

    /**
     * Stores a batch, unless the run has gone to another epoch, or has ended, or its log doesn't end where the batch
     * begins. The row is changed first: its lock keeps everyone else's batch out until this one is committed.
     */
    Append append(RunId run, long epoch, LogBatch batch) {
        return database.inTransaction(handle -> {
            if (moveEnd(handle, run, epoch, batch) == 0) {
                return Append.REFUSED;
            }
            insert(handle, run, batch);
            return Append.STORED;
        });
    }

    private static int moveEnd(Handle handle, RunId run, long epoch, LogBatch batch) {
        return handle.createUpdate("""
                        update runs
                        set log_bytes = :bytes, log_chunks = :chunks, log_truncated = :truncated
                        where id = :run and epoch = :epoch and log_chunks = :expected and status = 'running'""")
                .bind("bytes", batch.after().offsets().total())
                .bind("chunks", batch.after().chunks())
                .bind("truncated", batch.after().state() == CapState.CUT)
                .bind("run", run.value())
                .bind("epoch", epoch)
                .bind("expected", batch.before().chunks())
                .execute();
    }

    private static void insert(Handle handle, RunId run, LogBatch batch) {
        PreparedBatch rows = handle.prepareBatch("""
                insert into log_chunks (run_id, seq, stream, at, log_offset, stream_offset, bytes)
                values (?, ?, ?, ?, ?, ?, ?)""");
        for (LogChunk chunk : batch.chunks()) {
            rows.bind(0, run.value())
                    .bind(1, chunk.seq())
                    .bind(2, chunk.stream().code())
                    .bind(3, OffsetDateTime.ofInstant(chunk.at(), ZoneOffset.UTC))
                    .bind(4, chunk.logOffset())
                    .bind(5, chunk.streamOffset())
                    .bind(6, chunk.bytes())
                    .add();
        }
        rows.execute();
    }

    /** What came of an attempt to store a batch. */
    enum Append {
        STORED,
        REFUSED
    }

    /** A log's last chunk without its bytes, and whether it ends a line. */
    record LastChunk(LogChunk chunk, LineState line) {

        static LastChunk read(ResultSet row, StatementContext context) throws SQLException {
            LogChunk chunk = LogPageStore.chunk(row);
            byte[] last = row.getBytes("last_byte");
            return new LastChunk(chunk, LineState.after(last[0]));
        }

        Instant at() {
            return chunk.at();
        }
    }
}
