package io.gantry.invariant;

import io.gantry.database.Database;
import java.util.Optional;

/** Whether the tasks are as many as the ledger says, and no more than may be. */
final class TaskRuleStore {

    private final Database database;
    private final int maxTasks;

    TaskRuleStore(Database database, int maxTasks) {
        this.database = database;
        this.maxTasks = maxTasks;
    }

    Optional<String> findMiscount() {
        return database.read(handle -> handle.createQuery(
                        "select (select count(*) from tasks) as stored, (select tasks from ledger) as counted")
                .map((row, context) -> judge(row.getLong("stored"), row.getLong("counted")))
                .one());
    }

    private Optional<String> judge(long stored, long counted) {
        if (stored != counted) {
            return Optional.of(stored + " tasks are stored, and the ledger counts " + counted + ".");
        }
        return stored <= maxTasks
                ? Optional.empty()
                : Optional.of(stored + " tasks are stored, and " + maxTasks
                        + " may be (tasks.limit, which may have been lowered meanwhile).");
    }
}
