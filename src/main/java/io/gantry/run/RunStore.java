package io.gantry.run;

import io.gantry.access.Scope;
import io.gantry.task.TaskId;
import io.gantry.task.TaskSpecJson;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** The rows of {@code runs}, one by one, and how they move. Lists for clients are elsewhere. */
public final class RunStore {

    private final RunRow row = new RunRow();
    private final TaskSpecJson specs = new TaskSpecJson();
    private final ImagePullJson pulls = new ImagePullJson();
    private final RetryPlan retries;

    /** With the plan for retries that holds where nothing is configured. */
    public RunStore() {
        this(RetryPlan.STANDARD);
    }

    public RunStore(RetryPlan retries) {
        this.retries = retries;
    }

    public Optional<Run> find(Handle handle, RunId id) {
        return one(handle.createQuery("select * from runs where id = :id").bind("id", id.value()));
    }

    /** The same, locked until the transaction ends. */
    public Optional<Run> findForUpdate(Handle handle, RunId id) {
        return findForUpdate(handle, id, Scope.ALL);
    }

    /** Empty too for a run that is beyond the scope. */
    public Optional<Run> findForUpdate(Handle handle, RunId id, Scope scope) {
        return one(handle.createQuery("""
                        select * from runs where id = :id
                            and (:owner::text is null or task_id in (select id from tasks where owner = :owner))
                        for update""")
                .bind("id", id.value())
                .bind("owner", scope.owner().orElse(null)));
    }

    /** The run of this task that isn't over; there is never more than one. */
    public Optional<Run> findActive(Handle handle, TaskId task) {
        return one(handle.createQuery("""
                        select * from runs
                        where task_id = :task and status in ('queued', 'running')
                        order by position limit 1""").bind("task", task.value()));
    }

    /** First in line. Under the ledger's lock this can't change. */
    public Optional<Run> findNextQueued(Handle handle) {
        return one(handle.createQuery("select * from runs where status = 'queued' order by position limit 1"));
    }

    /** All that hold a slot, over all nodes. */
    public List<Run> listRunning(Handle handle) {
        return handle.createQuery("select * from runs where status = 'running' order by position")
                .map((r, context) -> row.read(r))
                .list();
    }

    public void insert(Handle handle, Run run) {
        handle.createUpdate("""
                        insert into runs (id, task_id, position, attempt, trigger, status, spec, queued_at, queue_deadline)
                        values (:id, :task, :position, :attempt, :trigger, :status, :spec::jsonb, :queued,
                            :deadline::timestamptz)""")
                .bind("id", run.id().value())
                .bind("task", run.taskId().value())
                .bind("position", run.position())
                .bind("attempt", run.attempt())
                .bind("trigger", run.trigger().word())
                .bind("status", run.status().word())
                .bind("spec", specs.write(run.spec()))
                .bind("queued", at(run.queuedAt()))
                .bind("deadline", text(run.queueDeadline()))
                .execute();
    }

    /**
     * Compare and set: writes what an event changed, if the row is still in the state that the event was applied to. The
     * log's columns belong to whoever stores the log, those of a request to end to {@link #requestStop} and
     * {@link #noteSignal}, {@code pull} to {@link #savePull}. With an end goes the time of the next attempt, unless someone
     * asked for the end.
     *
     * @return false when another owner has taken over, or the run has ended: nothing was written
     */
    public boolean save(Handle handle, Run before, Run after) {
        return handle.createUpdate("""
                                update runs set status = :status, claimed_at = :claimed::timestamptz,
                                    started_at = :started::timestamptz, finished_at = :finished::timestamptz,
                                    exit_code = :exitCode, oom_killed = :oom,
                                    failure_code = :failureCode, failure_detail = :failureDetail,
                                    image_digest = :digest, node = :node, owner = :owner::uuid, epoch = :epoch,
                                    owned_at = case when epoch = :epoch then owned_at else clock_timestamp() end,
                                    engine_id = :engine, container_id = :container,
                                    start_intended_at = :startIntended::timestamptz, log_complete = :logComplete,
                                    retry_at = case when stop_requested_at is null
                                        then clock_timestamp() + make_interval(secs => :retryIn) end,
                                    retry_state = case when stop_requested_at is null and :retryIn is not null
                                        then 'pending' end
                                where id = :id and epoch = :epochBefore and status = :statusBefore""")
                        .bind("id", after.id().value())
                        .bind("epochBefore", before.epoch())
                        .bind("statusBefore", before.status().word())
                        .bind("status", after.status().word())
                        .bind("claimed", text(after.claimedAt()))
                        .bind("started", text(after.startedAt()))
                        .bind("finished", text(after.finishedAt()))
                        .bind("exitCode", after.exitCode().orElse(null))
                        .bind("oom", after.oomKilled())
                        .bind(
                                "failureCode",
                                after.failure().map(f -> f.code().word()).orElse(null))
                        .bind(
                                "failureDetail",
                                after.failure().map(Failure::detail).orElse(null))
                        .bind("digest", after.imageDigest().orElse(null))
                        .bind("node", after.node().orElse(null))
                        .bind("owner", text(after.ownership().owner()))
                        .bind("epoch", after.epoch())
                        .bind("engine", after.engineId().orElse(null))
                        .bind("container", after.containerId().orElse(null))
                        .bind("startIntended", text(after.container().startIntendedAt()))
                        .bind("logComplete", after.logComplete().orElse(null))
                        .bindByType("retryIn", retryIn(after), Double.class)
                        .execute()
                == 1;
    }

    /** In seconds. */
    private @Nullable Double retryIn(Run after) {
        return after.isActive()
                ? null
                : retries.after(after).map(wait -> wait.toMillis() / 1000.0).orElse(null);
    }

    /** Notes that someone wants a run to end, or a retry not to happen; the first time counts. */
    public void requestStop(Handle handle, RunId id, Instant at, String by) {
        handle.createUpdate("""
                        update runs set stop_requested_at = :at, stop_requested_by = :by
                        where id = :id and stop_requested_at is null""")
                .bind("id", id.value())
                .bind("at", at(at))
                .bind("by", by)
                .execute();
    }

    /**
     * Notes that a signal is sent to a run whose end someone asked for.
     *
     * @return false when this epoch doesn't own the run any more
     */
    public boolean noteSignal(Handle handle, Run run, String signal) {
        return handle.createUpdate("""
                                update runs set stop_signal = coalesce(stop_signal, :signal),
                                    stop_killed = stop_killed or :signal = 'KILL'
                                where id = :id and epoch = :epoch and status = 'running'""")
                        .bind("id", run.id().value())
                        .bind("epoch", run.epoch())
                        .bind("signal", signal)
                        .execute()
                == 1;
    }

    /**
     * For how long at most a signal has been on its way to a run whose end someone asked for; empty when none was sent. That the
     * end was asked for is all that has a time, so it may be shorter.
     */
    public Optional<Duration> findSignalledFor(Handle handle, Run run) {
        return handle.createQuery("""
                        select extract(epoch from clock_timestamp() - stop_requested_at) from runs
                        where id = :id and epoch = :epoch and stop_requested_at is not null and stop_signal is not null""")
                .bind("id", run.id().value())
                .bind("epoch", run.epoch())
                .mapTo(Double.class)
                .findOne()
                .map(seconds -> Duration.ofMillis(Math.max(0, Math.round(seconds * 1000))));
    }

    /** Those that have waited in the queue for as long as they may, the longest overdue first. */
    public List<Run> listExpired(Handle handle, int atMost) {
        return handle.createQuery("""
                        select * from runs where status = 'queued' and queue_deadline <= clock_timestamp()
                        order by queue_deadline limit :most""")
                .bind("most", atMost)
                .map((r, context) -> row.read(r))
                .list();
    }

    /** Runs whose next attempt is due, the longest overdue first. */
    List<RunId> listDueRetries(Handle handle, int atMost) {
        return handle.createQuery("""
                        select id from runs where retry_state = 'pending' and retry_at <= clock_timestamp()
                        order by retry_at limit :most""")
                .bind("most", atMost)
                .mapTo(UUID.class)
                .map(RunId::new)
                .list();
    }

    /** The next attempt is in line. */
    void closeRetry(Handle handle, RunId id) {
        setRetry(handle, id, "done");
    }

    /** There shall be no further attempt. */
    public void withdrawRetry(Handle handle, RunId id) {
        setRetry(handle, id, "withdrawn");
    }

    private static void setRetry(Handle handle, RunId id, String state) {
        handle.createUpdate("update runs set retry_state = :state where id = :id and retry_state = 'pending'")
                .bind("id", id.value())
                .bind("state", state)
                .execute();
    }

    /**
     * Writes how the pull of a running run's image goes.
     *
     * @return false when this epoch no longer owns the run: nothing was written
     */
    public boolean savePull(Handle handle, Run run, ImagePull pull) {
        return handle.createUpdate("""
                                update runs set pull = :pull::jsonb
                                where id = :id and epoch = :epoch and status = 'running'""")
                        .bind("id", run.id().value())
                        .bind("epoch", run.epoch())
                        .bind("pull", pulls.write(pull))
                        .execute()
                == 1;
    }

    /** Whether this epoch still owns the run, and when its end was asked for; empty when it owns it no more. */
    public Optional<Standing> findStanding(Handle handle, Run run) {
        return handle.createQuery("""
                        select stop_requested_at from runs
                        where id = :id and epoch = :epoch and status = 'running'""")
                .bind("id", run.id().value())
                .bind("epoch", run.epoch())
                .map((r, context) -> new Standing(Optional.ofNullable(r.getObject(1, OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant)))
                .findOne();
    }

    /** What an owner must know before it asks anything of the engine. */
    public record Standing(Optional<Instant> stopRequestedAt) {}

    private Optional<Run> one(Query query) {
        return query.map((r, context) -> row.read(r)).findOne();
    }

    /** To be cast. The driver knows a null's type only if it is text; where types change, the server plans anew each time. */
    private static @Nullable String text(Optional<?> value) {
        return value.map(Object::toString).orElse(null);
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
