package io.gantry.database;

import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * The one row that orders everything: whoever holds its lock is alone in moving runs into or out of the queue and in
 * creating, changing or deleting tasks. Held until the transaction ends, so stamps and positions are in commit order.
 */
public final class Ledger {

    private final Handle handle;

    private Ledger(Handle handle) {
        this.handle = handle;
    }

    /**
     * Takes the lock. Must be the first statement of a READ COMMITTED transaction: a later statement sees what the
     * previous holder committed, an earlier one wouldn't.
     */
    public static Ledger lock(Handle handle) {
        handle.createQuery("select id from ledger for update")
                .mapTo(Boolean.class)
                .one();
        return new Ledger(handle);
    }

    /** The id that tells this database's containers from all others'. Needs no lock. */
    public static UUID installation(Handle handle) {
        return handle.createQuery("select installation from ledger")
                .mapTo(UUID.class)
                .one();
    }

    /** For what else belongs to the transaction. */
    public Handle handle() {
        return handle;
    }

    /** The database's time, later than every stamp before, to the microsecond. */
    public Instant stamp() {
        return handle.createQuery("""
                        update ledger
                        set last_stamp = greatest(clock_timestamp(), last_stamp + interval '1 microsecond')
                        returning last_stamp""").mapTo(Instant.class).one();
    }

    /** The next place at the end of the queue. */
    public long nextPosition() {
        return handle.createQuery("update ledger set last_position = last_position + 1 returning last_position")
                .mapTo(Long.class)
                .one();
    }

    /** How many tasks are stored. */
    public int tasks() {
        return handle.createQuery("select tasks from ledger")
                .mapTo(Integer.class)
                .one();
    }

    public void taskAdded() {
        handle.execute("update ledger set tasks = tasks + 1");
    }

    public void taskRemoved() {
        handle.execute("update ledger set tasks = tasks - 1");
    }
}
