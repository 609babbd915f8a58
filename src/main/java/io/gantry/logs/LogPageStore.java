package io.gantry.logs;

import io.gantry.database.Database;
import io.gantry.run.RunId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Reads stored chunks, a few at a time, and gives the connection back in between. */
final class LogPageStore {

    /** How many bytes of chunks are fetched at once, at most one chunk more. */
    private static final int PAGE = 256 * 1024;

    private final Database database;

    LogPageStore(Database database) {
        this.database = database;
    }

    /** One chunk without its bytes. */
    Optional<LogChunk> findHead(RunId run, long seq) {
        return database.read(handle -> LogStore.findLast(handle, run, seq).map(LogStore.LastChunk::chunk));
    }

    /** The place after the last of so many chunks. */
    StreamOffsets offsetsAfter(RunId run, long chunks) {
        return database.read(handle -> LogStore.findLast(handle, run, chunks)
                .map(last -> LogStore.offsetsAfter(handle, run, last))
                .orElse(StreamOffsets.ZERO));
    }

    /**
     * The chunks after one, in order, as many as fit a page; each with its bytes only if it is of one of the streams.
     *
     * @param logOffset where the chunk after {@code seq} begins
     * @param last the last chunk to look at
     */
    List<LogChunk> listAfter(RunId run, long seq, long logOffset, long last, Collection<LogStream> streams) {
        return database.read(handle -> handle.createQuery("""
                        select seq, stream, at, log_offset, stream_offset, octet_length(bytes) as length,
                               case when stream = any(:streams) then bytes end as bytes
                        from log_chunks
                        where run_id = :run and seq > :seq and seq <= :last and log_offset < :below
                        order by seq""")
                .bind("run", run.value())
                .bind("seq", seq)
                .bind("last", last)
                .bind("below", logOffset + PAGE)
                .bindArray("streams", Integer.class, codes(streams))
                .map((row, context) -> withBytes(row))
                .list());
    }

    /**
     * The chunks before one, the nearest first, as many as fit a page; each with its bytes only if it is of one of the
     * streams.
     *
     * @param logOffset where the chunk {@code seq} begins
     * @param first the first chunk to look at
     */
    List<LogChunk> listBefore(RunId run, long seq, long logOffset, long first, Collection<LogStream> streams) {
        return database.read(handle -> handle.createQuery("""
                        select seq, stream, at, log_offset, stream_offset, octet_length(bytes) as length,
                               case when stream = any(:streams) then bytes end as bytes
                        from log_chunks
                        where run_id = :run and seq < :seq and seq >= :first and log_offset >= :above
                        order by seq desc""")
                .bind("run", run.value())
                .bind("seq", seq)
                .bind("first", first)
                .bind("above", logOffset - PAGE)
                .bindArray("streams", Integer.class, codes(streams))
                .map((row, context) -> withBytes(row))
                .list());
    }

    private static List<Integer> codes(Collection<LogStream> streams) {
        return streams.stream().map(LogStream::code).toList();
    }

    /** From a row without bytes. */
    static LogChunk chunk(ResultSet row) throws SQLException {
        return new LogChunk(
                row.getLong("seq"),
                LogStream.ofCode(row.getInt("stream")),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getLong("log_offset"),
                row.getLong("stream_offset"),
                row.getInt("length"),
                null);
    }

    private static LogChunk withBytes(ResultSet row) throws SQLException {
        return chunk(row).with(row.getBytes("bytes"));
    }
}
