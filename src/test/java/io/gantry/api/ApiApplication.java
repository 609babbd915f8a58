package io.gantry.api;

import io.dropwizard.core.Application;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.setup.Environment;
import io.gantry.access.Authentication;
import io.gantry.access.Gate;
import io.gantry.access.RateLimit;
import io.gantry.audit.AuditStore;
import io.gantry.database.Database;
import io.gantry.jsonapi.HttpLayer;
import io.gantry.queue.Cancellation;
import io.gantry.queue.Line;
import io.gantry.queue.QueueStore;
import io.gantry.queue.Turns;
import io.gantry.run.FurtherRunStore;
import io.gantry.run.QueuedFirstRuns;
import io.gantry.run.RetryStore;
import io.gantry.run.Run;
import io.gantry.run.RunControl;
import io.gantry.run.RunEnds;
import io.gantry.run.RunIncludes;
import io.gantry.run.RunPageStore;
import io.gantry.run.RunStore;
import io.gantry.run.RunsResource;
import io.gantry.run.SituationStore;
import io.gantry.run.StoredRunResources;
import io.gantry.run.TaskCancelResource;
import io.gantry.run.TaskRunsResource;
import io.gantry.task.DryRun;
import io.gantry.task.ImagePresence;
import io.gantry.task.TaskDocument;
import io.gantry.task.TaskLimits;
import io.gantry.task.TaskPageStore;
import io.gantry.task.TaskPolicy;
import io.gantry.task.TaskStore;
import io.gantry.task.TasksResource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;

/** The service without anything that executes runs: what is queued stays so until a test moves it on. */
final class ApiApplication extends Application<Configuration> implements Turns {

    static final int LIMIT = 30;

    private final Database database;
    private final Queue<Run> turns = new ConcurrentLinkedQueue<>();
    private final RunPageStore pages;
    private final RunEnds ends;
    private final QueueStore queue;
    private final Line line;
    private final TaskStore tasks;
    private final RetryStore retries;
    private final AtomicReference<Runnable> beforeNextCancel = new AtomicReference<>(() -> {});

    ApiApplication(Database database) {
        this.database = database;
        this.pages = new RunPageStore(database, new SituationStore(2, Duration.ofSeconds(5)));
        this.ends = new RunEnds(pages);
        this.queue = new QueueStore(database, new RunStore(), 2);
        this.line = new Line(queue, this);
        this.tasks = new TaskStore(database, new QueuedFirstRuns(line), TaskLimits.of(LIMIT));
        this.retries = new RetryStore(database, new RunStore(), tasks, line);
    }

    @Override
    public void run(Configuration configuration, Environment environment) {
        TaskPageStore taskPages = new TaskPageStore(database);
        StoredRunResources runs = new StoredRunResources(pages);
        RunIncludes includes = new RunIncludes(taskPages, new TaskDocument(runs));
        FurtherRunStore further = new FurtherRunStore(database, tasks, pages, line, TaskPolicy.STANDARD);
        new HttpLayer(List.of()).install(configuration.getServerFactory(), environment);
        environment
                .jersey()
                .register(new Gate(Authentication.none(), new RateLimit(Optional.empty()), new AuditStore(database)));
        environment
                .jersey()
                .register(new TasksResource(
                        tasks,
                        taskPages,
                        runs,
                        ends,
                        TaskPolicy.STANDARD,
                        new DryRun(tasks, image -> new ImagePresence.Present(), 2)));
        environment.jersey().register(new TaskRunsResource(tasks, pages, further, includes, ends));
        RunControl control = (id, deed) -> {
            beforeNextCancel.getAndSet(() -> {}).run();
            return queue.cancel(id, deed).map(Cancellation::run);
        };
        environment.jersey().register(new TaskCancelResource(tasks, pages, control));
        environment.jersey().register(new RunsResource(pages, includes, control, ends));
        ends.start();
    }

    @Override
    public void add(Run run) {
        turns.add(run);
    }

    @Override
    public void addSpare() {}

    QueueStore queue() {
        return queue;
    }

    RetryStore retries() {
        return retries;
    }

    /** Something else happens just before the next run is cancelled. */
    void beforeNextCancel(Runnable event) {
        beforeNextCancel.set(event);
    }

    RunEnds ends() {
        return ends;
    }

    /** The runs that were given a turn, in that order. */
    List<Run> turns() {
        return List.copyOf(turns);
    }
}
