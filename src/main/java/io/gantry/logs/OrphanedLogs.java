package io.gantry.logs;

import io.gantry.database.Database;

/** The logs of deleted runs, on their way out. */
public final class OrphanedLogs {

    private final OrphanedLogStore store;

    public OrphanedLogs(Database database) {
        this.store = new OrphanedLogStore(database);
    }

    /** How a sweep left things. */
    public enum Left {
        NOTHING,
        MORE
    }

    /**
     * Deletes so many small batches of chunks, each in a transaction of its own. May run on many nodes at once, be cut off
     * anywhere and be repeated.
     */
    public Left sweep(int batches) {
        for (int batch = 0; batch < batches; batch++) {
            if (store.deleteBatch() == Left.NOTHING) {
                return Left.NOTHING;
            }
        }
        return Left.MORE;
    }
}
