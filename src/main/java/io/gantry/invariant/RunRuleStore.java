package io.gantry.invariant;

import io.gantry.database.Database;
import java.util.Optional;

/** Whether the runs agree with themselves and with their tasks. */
final class RunRuleStore {

    private final Database database;

    RunRuleStore(Database database) {
        this.database = database;
    }

    /** Of all runs, however old: the view has an index, which is empty as long as all is well. */
    Optional<String> findContradiction() {
        return database.read(
                handle -> handle.createQuery("""
                        select 'Run ' || id || ' is ' || status || ', and its other columns say otherwise.'
                        from contradictory_runs limit 1""").mapTo(String.class).findOne());
    }

    Optional<String> findStray() {
        return database.read(
                handle -> handle.createQuery("""
                        (select 'Run ' || id || ' has no task.' from runs
                         where not exists (select from tasks where tasks.id = runs.task_id) limit 1)
                        union all
                        (select 'Task ' || task_id || ' has ' || count(*) || ' active runs.'
                         from (select task_id from runs where status = 'queued'
                               union all select task_id from runs where status = 'running') active
                         group by task_id having count(*) > 1 limit 1)
                        union all
                        (select 'Task ' || tasks.id || ' has a latest run that is not its own.'
                         from tasks left join runs on runs.id = tasks.latest_run_id
                         where runs.task_id is distinct from tasks.id limit 1)
                        limit 1""").mapTo(String.class).findOne());
    }
}
