package io.gantry.invariant;

import io.gantry.database.Database;
import java.util.Optional;

/** Whether slots and line are as they must be. Each look is one statement, which sees one moment. */
final class QueueRuleStore {

    /** How far back claims are compared. */
    private static final int RECENT = 1000;

    private final Database database;
    private final int maxRunning;

    QueueRuleStore(Database database, int maxRunning) {
        this.database = database;
        this.maxRunning = maxRunning;
    }

    Optional<String> findExcess() {
        int running = database.read(handle -> handle.createQuery("select count(*) from runs where status = 'running'")
                .mapTo(Integer.class)
                .one());
        return running <= maxRunning
                ? Optional.empty()
                : Optional.of(running + " runs hold a slot, and " + maxRunning
                        + " may (queue.running, which may have been lowered meanwhile).");
    }

    /** A run that got its slot although an older one was still waiting, be it claimed since or not. */
    Optional<String> findOvertaking() {
        return database.read(handle -> handle.createQuery("""
                        with claimed as (
                            select id, position, queued_at,
                                   lag(position) over claims as position_before,
                                   lag(queued_at) over claims as queued_before
                            from (select * from runs where claimed_at is not null
                                  order by claimed_at desc limit :recent) recent
                            window claims as (order by claimed_at))
                        (select 'Run ' || id || ' was claimed after a younger one.' from claimed
                         where position < position_before or queued_at < queued_before limit 1)
                        union all
                        (select 'Run ' || id || ' waits, and a younger one was claimed.' from runs
                         where status = 'queued' and position < (select max(position) from claimed)
                         order by position limit 1)
                        limit 1""")
                .bind("recent", RECENT)
                .mapTo(String.class)
                .findOne());
    }
}
