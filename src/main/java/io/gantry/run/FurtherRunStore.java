package io.gantry.run;

import io.gantry.audit.AuditStore;
import io.gantry.database.Database;
import io.gantry.database.Ledger;
import io.gantry.jsonapi.FirstAnswer;
import io.gantry.jsonapi.HttpProblem;
import io.gantry.problem.Place;
import io.gantry.problem.Problem;
import io.gantry.task.AnswerStore;
import io.gantry.task.AnswerStore.Answered;
import io.gantry.task.Task;
import io.gantry.task.TaskPolicy;
import io.gantry.task.TaskStore;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Runs that clients ask for when the first one of their task is over. */
public final class FurtherRunStore {

    private final Database database;
    private final TaskStore tasks;
    private final RunPageStore runs;
    private final RunQueue queue;
    private final TaskPolicy policy;
    private final AnswerStore answers = new AnswerStore();

    public FurtherRunStore(Database database, TaskStore tasks, RunPageStore runs, RunQueue queue, TaskPolicy policy) {
        this.database = database;
        this.tasks = tasks;
        this.runs = runs;
        this.queue = queue;
        this.policy = policy;
    }

    /**
     * Queues a further run, unless the same request was answered before.
     *
     * @param answering makes the answer, in the same transaction; kept if the client may send the request again
     */
    FirstAnswer create(NewRun wanted, Function<PlacedRun, FirstAnswer> answering) {
        Answered<Run> answered = database.inTransaction(handle -> {
            Ledger ledger = Ledger.lock(handle);
            return answers.once(handle, wanted.request(), () -> create(ledger, wanted, answering));
        });
        answered.created().ifPresent(queue::committed);
        return answered.answer();
    }

    private Answered<Run> create(Ledger ledger, NewRun wanted, Function<PlacedRun, FirstAnswer> answering) {
        Handle handle = ledger.handle();
        Task task = tasks.get(ledger, wanted.task(), wanted.deed().scope());
        wanted.id().ifPresent(id -> checkFree(handle, id));
        if (task.isActive()) {
            throw TaskStore.active(task);
        }
        checkAllowed(task);
        RunId id = wanted.id().orElseGet(RunId::random);
        Run run = queue.enqueue(ledger, id, task.id(), task.spec().within(policy), RunTrigger.MANUAL);
        tasks.setLatestRun(ledger, task.id(), id.value());
        AuditStore.record(handle, wanted.deed(), "/runs/" + id, 201);
        FirstAnswer answer = answering.apply(runs.find(handle, id).orElseThrow());
        return new Answered<>(answer, Optional.of(run));
    }

    /** The operator may have changed the policy since the task was accepted. */
    private void checkAllowed(Task task) {
        if (!policy.images().allows(task.spec().image())) {
            throw Problem.of(
                            HttpProblem.FORBIDDEN,
                            "The operator doesn't allow the task's image any more. Change it to one of "
                                    + policy.images() + ".")
                    .asException();
        }
    }

    private void checkFree(Handle handle, RunId id) {
        if (runs.find(handle, id).isPresent()) {
            throw Problem.of(HttpProblem.ID_CONFLICT, "There is a run with this id already. Choose another, or none.")
                    .at(Place.pointer("/data/id"))
                    .asException();
        }
    }
}
