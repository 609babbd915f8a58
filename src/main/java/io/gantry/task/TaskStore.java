package io.gantry.task;

import io.gantry.access.Caller;
import io.gantry.access.Deed;
import io.gantry.access.Scope;
import io.gantry.audit.AuditStore;
import io.gantry.database.Database;
import io.gantry.database.Ledger;
import io.gantry.jsonapi.FirstAnswer;
import io.gantry.jsonapi.HttpProblem;
import io.gantry.problem.Place;
import io.gantry.problem.Problem;
import io.gantry.problem.ProblemException;
import io.gantry.task.AnswerStore.Answered;
import io.gantry.task.FirstRuns.Queued;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** The stored tasks: each is created, changed and deleted in one transaction, which holds the ledger. */
public final class TaskStore {

    private final Database database;
    private final FirstRuns firstRuns;
    private final TaskLimits limits;
    private final TaskRowStore rows = new TaskRowStore();
    private final AnswerStore answers = new AnswerStore();

    public TaskStore(Database database, FirstRuns firstRuns, TaskLimits limits) {
        this.database = database;
        this.firstRuns = firstRuns;
        this.limits = limits;
    }

    int limit() {
        return limits.tasks();
    }

    /** Empty too for a task that is beyond the scope. */
    Optional<Task> find(TaskId id, Scope scope) {
        return database.read(handle -> rows.find(handle, id, scope));
    }

    /** Raises {@code not-found}, also for what is beyond the scope. */
    public Task get(TaskId id, Scope scope) {
        return find(id, scope).orElseThrow(TaskStore::notFound);
    }

    /** The same, locked in the transaction that holds the ledger. */
    public Task get(Ledger ledger, TaskId id, Scope scope) {
        return rows.findForUpdate(ledger.handle(), id, scope).orElseThrow(TaskStore::notFound);
    }

    /**
     * Stores a task and queues its first run, unless the same request was answered before.
     *
     * @param answering makes the answer, in the same transaction; kept if the client may send the request again
     */
    FirstAnswer create(NewTask wanted, Function<Task, FirstAnswer> answering) {
        Answered<Queued> answered = database.inTransaction(handle -> {
            Ledger ledger = Ledger.lock(handle);
            return answers.once(handle, wanted.request(), () -> create(ledger, wanted, answering));
        });
        answered.created().ifPresent(Queued::committed);
        return answered.answer();
    }

    /** What {@link #create} would find; raises what it would raise, and changes nothing. */
    Outlook foresee(NewTask wanted) {
        return database.inTransaction(handle -> {
            Ledger ledger = Ledger.lock(handle);
            wanted.id().ifPresent(id -> checkFree(handle, id));
            checkLimit(ledger, wanted.deed().caller());
            return rows.outlook(handle, ledger.tasks());
        });
    }

    /** Changes a task, unless it has an active run that uses what would be changed. The change may raise problems. */
    Task change(TaskId id, Deed deed, Function<Task, TaskDraft> change) {
        return database.inTransaction(handle -> {
            Ledger ledger = Ledger.lock(handle);
            Task task = get(ledger, id, deed.scope());
            TaskDraft draft = change.apply(task);
            if (draft.equals(task.draft())) {
                return task;
            }
            if (task.isActive() && !draft.spec().equals(task.spec())) {
                throw active(task);
            }
            rows.update(handle, task.id(), draft, ledger.stamp());
            AuditStore.record(handle, deed, path(id), 200);
            return get(ledger, id, Scope.ALL);
        });
    }

    /** Deletes a task with its runs, a queued one too. The check may raise problems. */
    void delete(TaskId id, Deed deed, Consumer<Task> check) {
        database.useTransaction(handle -> {
            Ledger ledger = Ledger.lock(handle);
            Task task = get(ledger, id, deed.scope());
            check.accept(task);
            if (task.status() == TaskStatus.RUNNING) {
                throw Problem.of(
                                TaskProblem.TASK_RUNNING,
                                "Run " + task.lastRun().id()
                                        + " of the task is running. Cancel it and wait for its end, then delete the task.")
                        .asException();
            }
            rows.delete(handle, task.id());
            ledger.taskRemoved();
            AuditStore.record(handle, deed, path(id), 204);
        });
    }

    /** Names the task's newest run, which is inserted in the same transaction. */
    public void setLatestRun(Ledger ledger, TaskId id, UUID run) {
        rows.setLatestRun(ledger.handle(), id, run);
    }

    /** Forgets kept answers that have expired; for whoever clears up now and then. */
    public void forgetExpiredAnswers() {
        database.useTransaction(answers::deleteExpired);
    }

    /** The problem of what can't be done while a run of the task isn't over. */
    public static ProblemException active(Task task) {
        return Problem.of(
                        TaskProblem.TASK_ACTIVE,
                        task.lastRun()
                                .retryAt()
                                .map(at -> "Run " + task.lastRun().id() + " of the task is tried again at " + at
                                        + ". Wait for the end of that, or cancel it.")
                                .orElseGet(() -> "Run " + task.lastRun().id() + " of the task is " + task.status()
                                        + ". Wait for its end, or cancel it."))
                .asException();
    }

    /** The problem of an id that no task has. */
    public static ProblemException notFound() {
        return Problem.of(HttpProblem.NOT_FOUND, "There is no task with this id.")
                .asException();
    }

    private Answered<Queued> create(Ledger ledger, NewTask wanted, Function<Task, FirstAnswer> answering) {
        Handle handle = ledger.handle();
        wanted.id().ifPresent(id -> checkFree(handle, id));
        Caller caller = wanted.deed().caller();
        checkLimit(ledger, caller);
        TaskId id = wanted.id().orElseGet(TaskId::random);
        UUID run = Uuids.random();
        rows.insert(handle, id, wanted.draft(), caller.name(), run, ledger.stamp());
        ledger.taskAdded();
        AuditStore.record(handle, wanted.deed(), path(id), 201);
        Queued queued = firstRuns.enqueue(ledger, id, wanted.draft().spec(), run);
        FirstAnswer answer = answering.apply(rows.find(handle, id, Scope.ALL).orElseThrow());
        return new Answered<>(answer, Optional.of(queued));
    }

    private void checkFree(Handle handle, TaskId id) {
        if (rows.find(handle, id, Scope.ALL).isPresent()) {
            throw Problem.of(HttpProblem.ID_CONFLICT, "There is a task with this id already. Choose another, or none.")
                    .at(Place.pointer("/data/id"))
                    .asException();
        }
    }

    private void checkLimit(Ledger ledger, Caller caller) {
        if (ledger.tasks() >= limits.tasks()) {
            throw Problem.of(
                            TaskProblem.TASK_LIMIT_REACHED,
                            "At most " + limits.tasks()
                                    + " tasks can be stored, and there are as many. Delete one first.")
                    .asException();
        }
        if (limits.ofOneOwner() < limits.tasks()) {
            caller.name().ifPresent(owner -> checkShare(ledger.handle(), owner));
        }
    }

    private void checkShare(Handle handle, String owner) {
        if (rows.count(handle, owner) >= limits.ofOneOwner()) {
            throw Problem.of(
                            TaskProblem.TASK_LIMIT_REACHED,
                            "One owner's share are " + limits.ofOneOwner()
                                    + " tasks, and you have as many. Delete one first.")
                    .asException();
        }
    }

    private static String path(TaskId id) {
        return "/tasks/" + id;
    }
}
