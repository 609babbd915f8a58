package io.gantry.queue;

import io.gantry.access.Deed;
import io.gantry.audit.AuditStore;
import io.gantry.database.Database;
import io.gantry.database.Ledger;
import io.gantry.problem.Problem;
import io.gantry.queue.Cancellation.Effect;
import io.gantry.run.Owner;
import io.gantry.run.Run;
import io.gantry.run.Run.Enqueued;
import io.gantry.run.RunEvent;
import io.gantry.run.RunId;
import io.gantry.run.RunProblem;
import io.gantry.run.RunStore;
import io.gantry.run.RunTrigger;
import io.gantry.task.TaskId;
import io.gantry.task.TaskSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jdbi.v3.core.Handle;

/** The line of waiting runs and the slots of running ones, in SQL: order and limit hold here, whoever asks. */
public final class QueueStore {

    private static final int EXPIRED_AT_ONCE = 1000;

    private final Database database;
    private final RunStore runs;
    private final int maxRunning;
    /** Ended by {@link #expire}, and not told of yet. */
    private final Queue<Run> expired = new ConcurrentLinkedQueue<>();

    /** @param maxRunning slots over all nodes that share the database */
    public QueueStore(Database database, RunStore runs, int maxRunning) {
        this.database = database;
        this.runs = runs;
        this.maxRunning = maxRunning;
    }

    /** Puts a new run at the end of the line, in the caller's transaction, which holds the ledger. */
    public Run enqueue(Ledger ledger, NewRun run) {
        Enqueued enqueued = new Enqueued(ledger.nextPosition(), ledger.stamp(), run.trigger(), run.attempt());
        Run queued = Run.queued(run.id(), run.taskId(), run.spec(), enqueued);
        runs.insert(ledger.handle(), queued);
        return queued;
    }

    /** What is asked for when a run is put in line. */
    public record NewRun(RunId id, TaskId taskId, TaskSpec spec, RunTrigger trigger, int attempt) {}

    /**
     * Gives the first in line a slot, if one is free. Nobody gets it as long as there may be more whose wait was too long
     * than are ended at once.
     */
    public Optional<Run> claimNext(Owner owner) {
        List<Run> over = new ArrayList<>();
        Optional<Run> claimed = database.inTransaction(handle -> {
            Ledger ledger = Ledger.lock(handle);
            if (countRunning(handle) >= maxRunning) {
                return Optional.<Run>empty();
            }
            over.addAll(expire(ledger));
            return over.size() < EXPIRED_AT_ONCE ? claimNext(ledger, owner) : Optional.empty();
        });
        expired.addAll(over);
        return claimed;
    }

    private Optional<Run> claimNext(Ledger ledger, Owner owner) {
        Handle handle = ledger.handle();
        return runs.findNextQueued(handle).map(next -> save(handle, next, new RunEvent.Claimed(owner, ledger.stamp())));
    }

    /**
     * Takes over a running run that its owner left.
     *
     * @param seen the run as it was when it was found abandoned; empty is returned if it has another epoch since, or ended
     */
    public Optional<Run> adopt(Run seen, Owner owner) {
        return database.inTransaction(handle -> {
            Ledger.lock(handle);
            return findStill(handle, seen).map(now -> save(handle, now, new RunEvent.Adopted(owner)));
        });
    }

    /**
     * Ends a running run that its owner left and that nobody can adopt.
     *
     * @param seen as for {@link #adopt}
     */
    public Optional<Run> giveUp(Run seen, String detail) {
        return database.inTransaction(handle -> {
            Ledger ledger = Ledger.lock(handle);
            return findStill(handle, seen).map(now -> save(handle, now, new RunEvent.GivenUp(detail, ledger.stamp())));
        });
    }

    /** As it is now: an owner that was only silent may have gone on since the run was seen. */
    private Optional<Run> findStill(Handle handle, Run seen) {
        return runs.findForUpdate(handle, seen.id())
                .filter(now -> now.status() == seen.status() && now.epoch() == seen.epoch());
    }

    /**
     * Ends the runs that have waited for as long as they may.
     *
     * @return those that have ended so since it was asked last, by a claim too
     */
    public List<Run> expire() {
        boolean any = database.read(handle -> !runs.listExpired(handle, 1).isEmpty());
        if (any) {
            expired.addAll(database.inTransaction(handle -> expire(Ledger.lock(handle))));
        }
        List<Run> ended = new ArrayList<>();
        for (Run run = expired.poll(); run != null; run = expired.poll()) {
            ended.add(run);
        }
        return ended;
    }

    /** Whoever waited too long gets no slot any more, however soon one is free. */
    private List<Run> expire(Ledger ledger) {
        return runs.listExpired(ledger.handle(), EXPIRED_AT_ONCE).stream()
                .map(run -> save(ledger.handle(), run, new RunEvent.Expired(ledger.stamp())))
                .toList();
    }

    /**
     * Ends a run on request: a queued one at once, a running one by telling its owner; of one that failed, withdraws the
     * retry. Asking again changes nothing.
     *
     * @return empty if there is no such run, or it is beyond the deed's scope
     */
    public Optional<Cancellation> cancel(RunId id, Deed deed) {
        return database.inTransaction(handle -> {
            Ledger ledger = Ledger.lock(handle);
            return runs.findForUpdate(handle, id, deed.scope()).map(run -> cancel(ledger, run, deed));
        });
    }

    private Cancellation cancel(Ledger ledger, Run run, Deed deed) {
        Cancellation cancellation = switchOff(ledger, run, deed.caller().label());
        AuditStore.record(ledger.handle(), deed, "/runs/" + run.id(), 202);
        return cancellation;
    }

    private Cancellation switchOff(Ledger ledger, Run run, String by) {
        Handle handle = ledger.handle();
        return switch (run.status()) {
            case QUEUED -> {
                Run asked = requestStop(ledger, run, by);
                yield new Cancellation(save(handle, asked, new RunEvent.Withdrawn(ledger.stamp())), Effect.ENDED);
            }
            case RUNNING -> new Cancellation(requestStop(ledger, run, by), Effect.REQUESTED);
            case CANCELLED -> new Cancellation(run, Effect.NONE);
            case SUCCEEDED, FAILED, TIMED_OUT -> withdrawRetry(ledger, run, by);
        };
    }

    private Run requestStop(Ledger ledger, Run run, String by) {
        Instant now = ledger.stamp();
        runs.requestStop(ledger.handle(), run.id(), now, by);
        return run.on(new RunEvent.StopRequested(now, by));
    }

    private Cancellation withdrawRetry(Ledger ledger, Run run, String by) {
        boolean pending = run.pendingRetry().isPresent();
        if (!pending && !run.isRetryWithdrawn()) {
            throw Problem.of(
                            RunProblem.RUN_FINISHED,
                            "The run ended as " + run.status()
                                    + "; only a queued or running run, or one that is tried again, can be cancelled.")
                    .asException();
        }
        if (pending) {
            runs.withdrawRetry(ledger.handle(), run.id());
            runs.requestStop(ledger.handle(), run.id(), ledger.stamp(), by);
        }
        return new Cancellation(run, Effect.NONE);
    }

    /** Whose turn it is. */
    public Optional<RunId> findFirstInLine() {
        return database.read(handle -> runs.findNextQueued(handle).map(Run::id));
    }

    /** How things stand, without the lock: good enough to decide whether a look under the lock is worth it. */
    public QueueView view() {
        return database.read(handle -> new QueueView(
                handle.createQuery("select exists (select from runs where status = 'queued')")
                        .mapTo(Boolean.class)
                        .one(),
                maxRunning,
                runs.listRunning(handle)));
    }

    private Run save(Handle handle, Run before, RunEvent event) {
        Run after = before.on(event);
        if (!runs.save(handle, before, after)) {
            throw new IllegalStateException("run " + before.id() + " moved although the ledger was locked");
        }
        return after;
    }

    private static int countRunning(Handle handle) {
        return handle.createQuery("select count(*) from runs where status = 'running'")
                .mapTo(Integer.class)
                .one();
    }
}
