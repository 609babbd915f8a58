package io.gantry.task;

import io.gantry.access.Scope;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The rows of {@code tasks}, one by one. */
final class TaskRowStore {

    private final TaskRow row = new TaskRow();
    private final TaskSpecJson specs = new TaskSpecJson();

    /** Empty too for a task that is beyond the scope. */
    Optional<Task> find(Handle handle, TaskId id, Scope scope) {
        return handle.createQuery("select " + TaskRow.COLUMNS + " from " + TaskRow.TABLES
                        + " where t.id = :id and (t.owner = :owner or :owner::text is null)")
                .bind("id", id.value())
                .bind("owner", scope.owner().orElse(null))
                .map((r, context) -> row.read(r))
                .findOne();
    }

    /** The same, the task's row locked until the transaction ends. */
    Optional<Task> findForUpdate(Handle handle, TaskId id, Scope scope) {
        boolean found = handle.createQuery(
                        "select true from tasks where id = :id and (owner = :owner or :owner::text is null) for update")
                .bind("id", id.value())
                .bind("owner", scope.owner().orElse(null))
                .mapTo(Boolean.class)
                .findOne()
                .isPresent();
        return found ? find(handle, id, scope) : Optional.empty();
    }

    Outlook outlook(Handle handle, int tasks) {
        return handle.createQuery("""
                        select (select count(*) from runs where status = 'queued') as queued,
                               (select count(*) from runs where status = 'running') as running""")
                .map((r, context) -> new Outlook(tasks, r.getLong("queued"), r.getLong("running")))
                .one();
    }

    /** The first run is inserted later in the same transaction. */
    void insert(Handle handle, TaskId id, TaskDraft draft, Optional<String> owner, UUID firstRun, Instant at) {
        handle.createUpdate("""
                        insert into tasks (id, title, description, spec, owner, latest_run_id, created_at, updated_at)
                        values (:id, :title, :description, :spec::jsonb, :owner, :run, :at, :at)""")
                .bind("id", id.value())
                .bind("owner", owner.orElse(null))
                .bind("title", draft.title())
                .bind("description", draft.description().orElse(null))
                .bind("spec", specs.write(draft.spec()))
                .bind("run", firstRun)
                .bind("at", at.atOffset(ZoneOffset.UTC))
                .execute();
    }

    /** How many an owner has; exact for whoever holds the ledger. */
    long count(Handle handle, String owner) {
        return handle.createQuery("select count(*) from tasks where owner = :owner")
                .bind("owner", owner)
                .mapTo(Long.class)
                .one();
    }

    void update(Handle handle, TaskId id, TaskDraft draft, Instant at) {
        handle.createUpdate("""
                        update tasks set title = :title, description = :description, spec = :spec::jsonb, updated_at = :at
                        where id = :id""")
                .bind("id", id.value())
                .bind("title", draft.title())
                .bind("description", draft.description().orElse(null))
                .bind("spec", specs.write(draft.spec()))
                .bind("at", at.atOffset(ZoneOffset.UTC))
                .execute();
    }

    /** The newest run is inserted in the same transaction. */
    void setLatestRun(Handle handle, TaskId id, UUID run) {
        handle.createUpdate("update tasks set latest_run_id = :run where id = :id")
                .bind("id", id.value())
                .bind("run", run)
                .execute();
    }

    /** Removes the task with its runs, whose logs are left for whoever clears up orphaned logs. */
    void delete(Handle handle, TaskId id) {
        handle.createUpdate("insert into orphaned_logs (run_id) select id from runs where task_id = :id")
                .bind("id", id.value())
                .execute();
        handle.createUpdate("delete from tasks where id = :id")
                .bind("id", id.value())
                .execute();
    }
}
