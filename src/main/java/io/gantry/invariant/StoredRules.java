package io.gantry.invariant;

import io.gantry.database.Database;
import java.util.List;

/** The rules that the database alone can tell of. */
public final class StoredRules {

    private StoredRules() {}

    /**
     * All of them.
     *
     * @param maxRunning slots, as this node is configured
     * @param maxTasks stored at most, as this node is configured
     */
    public static List<Rule> of(Database database, int maxRunning, int maxTasks) {
        QueueRuleStore queue = new QueueRuleStore(database, maxRunning);
        TaskRuleStore tasks = new TaskRuleStore(database, maxTasks);
        RunRuleStore runs = new RunRuleStore(database);
        LogRuleStore logs = new LogRuleStore(database);
        return List.of(
                new Rule("slots", "No more runs hold a slot than may.", queue::findExcess),
                new Rule(
                        "claim-order",
                        "Runs are claimed in the order in which they were accepted.",
                        queue::findOvertaking),
                new Rule("outcomes", "What a run's row says of its status agrees.", runs::findContradiction),
                new Rule(
                        "lineage",
                        "A run has a task, and a task has one latest run and one active run at most.",
                        runs::findStray),
                new Rule(
                        "tasks",
                        "No more tasks are stored than may, and the ledger counts them right.",
                        tasks::findMiscount),
                new Rule("logs", "The stored log of a run has no gap and no overlap.", logs::findGap));
    }
}
