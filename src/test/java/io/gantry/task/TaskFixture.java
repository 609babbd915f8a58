package io.gantry.task;

import io.gantry.access.Scope;
import io.gantry.access.TestDeeds;
import io.gantry.database.Database;
import io.gantry.database.Ledger;
import io.gantry.database.TestDatabase;
import io.gantry.jsonapi.FirstAnswer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A task store on a real database whose first runs go in line, and the means to move them on by hand. */
final class TaskFixture implements FirstRuns {

    private final Database database;
    private final Queue<UUID> turns = new ConcurrentLinkedQueue<>();

    final TaskStore store;
    final TaskPageStore pages;

    TaskFixture(TestDatabase db, int limit) {
        database = db.database();
        store = new TaskStore(database, this, TaskLimits.of(limit));
        pages = new TaskPageStore(database);
    }

    @Override
    public Queued enqueue(Ledger ledger, TaskId task, TaskSpec spec, UUID run) {
        Instant at = ledger.stamp();
        ledger.handle()
                .createUpdate("""
                        insert into runs (id, task_id, position, trigger, status, spec, queued_at)
                        values (:id, :task, :position, 'create', 'queued', cast(:spec as jsonb), :at)""")
                .bind("id", run)
                .bind("task", task.value())
                .bind("position", ledger.nextPosition())
                .bind("spec", new TaskSpecJson().write(spec))
                .bind("at", at.atOffset(ZoneOffset.UTC))
                .execute();
        return () -> turns.add(run);
    }

    /** The runs that were given a turn, in that order. */
    List<UUID> turns() {
        return List.copyOf(turns);
    }

    static TaskDraft draft(String title, String image) {
        return new TaskDraft(title, Optional.empty(), TaskSpec.of(image, new Command.Shell("true")));
    }

    Task create(String title) {
        return create(title, "busybox");
    }

    Task create(String title, String image) {
        return create(new NewTask(Optional.empty(), draft(title, image), Optional.empty(), TestDeeds.anyones()));
    }

    Task create(NewTask wanted) {
        return store.get(TaskId.parse(answer(wanted).createdId()).orElseThrow(), Scope.ALL);
    }

    /** The answer's body is the number of the task in the order of creation. */
    FirstAnswer answer(NewTask wanted) {
        return store.create(
                wanted,
                task -> new FirstAnswer(
                        201,
                        "http://localhost/tasks/" + task.id(),
                        "tag",
                        task.createdAt().toString()));
    }

    void claim(Task task) {
        move(task, "set status = 'running', claimed_at = clock_timestamp()");
    }

    void end(Task task, TaskStatus status) {
        move(
                task,
                "set status = '" + status
                        + "', claimed_at = clock_timestamp(), finished_at = clock_timestamp(), log_complete = true");
    }

    private void move(Task task, String set) {
        database.useTransaction(handle -> handle.createUpdate("update runs " + set + " where id = :id")
                .bind("id", task.lastRun().id())
                .execute());
    }
}
