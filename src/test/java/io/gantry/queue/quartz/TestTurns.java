package io.gantry.queue.quartz;

import io.gantry.database.Database;
import io.gantry.database.TestDatabase;
import io.gantry.queue.Bell;
import io.gantry.queue.Claims;
import io.gantry.queue.TurnTaker;
import io.gantry.run.Outcome;
import io.gantry.run.Run;
import io.gantry.run.RunEvent;
import io.gantry.run.RunStore;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.quartz.SchedulerException;

/** A scheduler with two threads; its turns end a run as soon as they have it, or hold it as long as a test likes. */
final class TestTurns {

    private final Database database;
    private final RunStore runs = new RunStore();
    private final Bell bell = new Bell();
    private final TurnTaker taker;
    private final QuartzTurns turns;
    private final List<Run> taken = new CopyOnWriteArrayList<>();
    private volatile CountDownLatch hold = new CountDownLatch(0);

    TestTurns(TestDatabase db, Claims claims) {
        this.database = db.database();
        this.taker = new TurnTaker(claims, this::carry, bell);
        this.turns = QuartzTurns.over(db.dataSource(), "node", 2);
    }

    QuartzTurns turns() {
        return turns;
    }

    void start() throws SchedulerException {
        turns.start(taker);
    }

    /** From now on a run stays in the hands of its turn. */
    void holdsRuns() {
        hold = new CountDownLatch(1);
    }

    void letsRunsEnd() {
        hold.countDown();
    }

    /** The runs that turns have got, in the order in which these were claimed. */
    List<Run> taken() {
        return taken.stream()
                .sorted((a, b) ->
                        a.claimedAt().orElseThrow().compareTo(b.claimedAt().orElseThrow()))
                .toList();
    }

    /** As the service does it: turns under way let go of their runs. */
    void stop() throws SchedulerException, InterruptedException {
        turns.standBy();
        bell.stop();
        letsRunsEnd();
        turns.stop();
    }

    private void carry(Run run) {
        taken.add(run);
        try {
            hold.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        RunEvent event = bell.isStopping() ? new RunEvent.Released() : ended();
        database.useTransaction(handle -> runs.save(handle, run, run.on(event)));
    }

    private static RunEvent ended() {
        return new RunEvent.Ended(new Outcome.Succeeded(Outcome.OomKill.NOT_SEEN), Instant.EPOCH, true);
    }
}
