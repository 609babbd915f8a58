package io.gantry.metrics;

import io.gantry.database.Database;

/** Asks the database for the queue's numbers, in one statement that needs only small indexes. */
final class QueueFactsStore {

    private final Database database;

    QueueFactsStore(Database database) {
        this.database = database;
    }

    QueueFacts read() {
        return database.read(handle -> handle.createQuery("""
                        select (select count(*) from runs where status = 'queued') as queued,
                               (select extract(epoch from clock_timestamp() - queued_at)
                                from runs where status = 'queued' order by position limit 1) as oldest,
                               (select count(*) from runs where status = 'running') as running,
                               (select tasks from ledger) as tasks""")
                .map((row, context) -> new QueueFacts(
                        row.getLong("queued"),
                        Math.max(0, row.getDouble("oldest")),
                        row.getLong("running"),
                        row.getLong("tasks")))
                .one());
    }
}
