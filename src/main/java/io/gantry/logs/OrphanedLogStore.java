package io.gantry.logs;

import io.gantry.database.Database;
import io.gantry.logs.OrphanedLogs.Left;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Deletes the chunks of runs that are gone, whose ids deletions have left in a table. */
final class OrphanedLogStore {

    /** Up to some 30 MiB of chunks. */
    private static final int BATCH = 500;

    private final Database database;

    OrphanedLogStore(Database database) {
        this.database = database;
    }

    /** Deletes some chunks of the oldest orphan that nobody else is at; the orphan itself once it has no more. */
    Left deleteBatch() {
        return database.inTransaction(handle -> {
            Optional<UUID> run = lockOldest(handle);
            if (run.isEmpty()) {
                return Left.NOTHING;
            }
            if (deleteChunks(handle, run.get()) < BATCH) {
                handle.execute("delete from orphaned_logs where run_id = ?", run.get());
            }
            return Left.MORE;
        });
    }

    private static Optional<UUID> lockOldest(Handle handle) {
        return handle.createQuery("""
                        select run_id from orphaned_logs order by orphaned_at, run_id limit 1
                        for update skip locked""").mapTo(UUID.class).findOne();
    }

    private static int deleteChunks(Handle handle, UUID run) {
        return handle.createUpdate("""
                        delete from log_chunks
                        where run_id = :run and seq in
                            (select seq from log_chunks where run_id = :run order by seq limit :batch)""").bind("run", run).bind("batch", BATCH).execute();
    }
}
