package io.gantry;

import com.codahale.metrics.MetricRegistry;
import io.dropwizard.db.ManagedDataSource;
import io.gantry.access.AdminGate;
import io.gantry.access.AuditTrail;
import io.gantry.access.Authentication;
import io.gantry.access.Bearers;
import io.gantry.access.Gate;
import io.gantry.access.RateLimit;
import io.gantry.access.oidc.JwtTokens;
import io.gantry.access.token.ApiTokens;
import io.gantry.access.token.TokenDesk;
import io.gantry.access.token.TokenStore;
import io.gantry.access.token.TokensResource;
import io.gantry.audit.AuditPageStore;
import io.gantry.audit.AuditResource;
import io.gantry.audit.AuditStore;
import io.gantry.database.Database;
import io.gantry.database.DatabaseServer;
import io.gantry.database.Ledger;
import io.gantry.engine.ContainerPlan.LogRetention;
import io.gantry.engine.EngineRefused;
import io.gantry.engine.EngineUnavailable;
import io.gantry.engine.ImageReference;
import io.gantry.engine.docker.DockerEngine;
import io.gantry.execution.EngineWatch;
import io.gantry.execution.Execution;
import io.gantry.execution.ExecutionParts;
import io.gantry.execution.Reconciler;
import io.gantry.health.QueueSigns;
import io.gantry.invariant.Guard;
import io.gantry.invariant.Rule;
import io.gantry.invariant.StoredRules;
import io.gantry.jsonapi.DocumentationResource;
import io.gantry.logs.Logs;
import io.gantry.logs.LogsResource;
import io.gantry.logs.OrphanedLogs;
import io.gantry.logs.RunLogsResource;
import io.gantry.logs.TaskLogsResource;
import io.gantry.metrics.Metrics;
import io.gantry.node.Node;
import io.gantry.node.NodeEngine;
import io.gantry.node.NodeFacts;
import io.gantry.node.NodeReportStore;
import io.gantry.node.NodeStore;
import io.gantry.node.NodeWatch;
import io.gantry.queue.Bell;
import io.gantry.queue.Claims;
import io.gantry.queue.Line;
import io.gantry.queue.OwnerReturn;
import io.gantry.queue.QueueStore;
import io.gantry.queue.TurnTaker;
import io.gantry.queue.quartz.QuartzRetries;
import io.gantry.queue.quartz.QuartzTurns;
import io.gantry.run.FurtherRunStore;
import io.gantry.run.QueuedFirstRuns;
import io.gantry.run.RetryAlarm;
import io.gantry.run.RetryPlan;
import io.gantry.run.RetryStore;
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
import io.gantry.task.TaskPageStore;
import io.gantry.task.TaskPolicy;
import io.gantry.task.TaskStore;
import io.gantry.task.TasksResource;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The object graph, built by hand. */
final class Services {

    private static final Duration NODE_SILENCE = Duration.ofSeconds(5);
    private static final Duration HEARTBEAT_TIMEOUT = Duration.ofSeconds(3);
    private static final int ORPHAN_BATCHES = 4;

    private final GantryConfiguration configuration;
    private final Database database;
    private final Metrics metrics;
    private final InstantSource clock = InstantSource.system();
    private final DockerEngine engine;
    private final Bell bell = new Bell();
    private final EngineWatch engineWatch;
    private final Node node;
    private final QueueStore queue;
    private final Claims claims;
    private final QuartzTurns turns;
    private final QuartzRetries retryTimer;
    private final RetryStore retries;
    private final RunPageStore runPages;
    private final RunEnds runEnds;
    private final ExecutionParts execution;
    private final TaskStore tasks;
    private final Line line;
    private final Reconciler reconciler;
    private final Authentication authentication;
    private final RateLimit rateLimit;
    private final AuditStore trail;
    private final Guard guard;

    Services(GantryConfiguration configuration, DatabaseServer server, ManagedDataSource pool, MetricRegistry http) {
        this.configuration = configuration;
        this.database = new Database(pool);
        this.rateLimit = new RateLimit(configuration.access().requestsPerMinute());
        this.authentication = rateLimit.guarding(authentication());
        this.trail = new AuditStore(database);
        this.metrics = new Metrics(database, http);
        this.engine = DockerEngine.at(configuration.docker(), metrics::engineCalled);
        this.engineWatch = new EngineWatch(engine, bell::ring);
        NodeStore nodes = new NodeStore(database);
        this.node = new Node(
                configuration.node().effectiveName(),
                new NodeFacts(version(), this::nodeEngine),
                () -> server.connect(HEARTBEAT_TIMEOUT),
                nodes,
                new NodeWatch(NODE_SILENCE));
        RunStore runs =
                new RunStore(new RetryPlan(configuration.tasks().retries().limits()));
        this.queue = new QueueStore(database, runs, configuration.queue().running());
        this.claims = new Claims(queue, node, nodes, engineWatch);
        this.turns = QuartzTurns.over(pool, node.name(), configuration.queue().running());
        this.retryTimer = QuartzRetries.over(pool, node.name());
        this.runPages = new RunPageStore(
                database, new SituationStore(configuration.queue().running(), NODE_SILENCE));
        this.runEnds = new RunEnds(runPages);
        this.line = new Line(queue, turns);
        this.tasks = new TaskStore(
                database, new QueuedFirstRuns(line), configuration.tasks().taskLimits());
        this.retries = new RetryStore(database, runs, tasks, line);
        this.execution = execution(runs);
        OwnerReturn ownerReturn = new OwnerReturn(claims, queue, node, nodes, configuration.queue());
        this.reconciler = execution.reconciler(claims, turns, queue, ownerReturn, housekeeping());
        this.guard = watchful();
    }

    /** All that the command line needs. */
    static TokenDesk tokenDesk(Database database) {
        return new TokenDesk(new TokenStore(database), InstantSource.system());
    }

    Database database() {
        return database;
    }

    Metrics metrics() {
        return metrics;
    }

    /** Why the container engine can't be used; empty while it can. */
    Optional<String> engineTrouble() {
        return engineWatch.current().isPresent()
                ? Optional.empty()
                : Optional.of(engine.host() + ": " + engineWatch.trouble() + ".");
    }

    /** Those that this node can't end, each in a clause. */
    List<String> undyingContainers() {
        return execution.execution().undying().stream()
                .map(it -> "container " + it.container() + " of run " + it.run() + ", for "
                        + it.sinceKill().toSeconds() + " s")
                .toList();
    }

    NodeReportStore nodeReports() {
        return new NodeReportStore(database, node.name(), NODE_SILENCE);
    }

    Guard guard() {
        return guard;
    }

    private Guard watchful() {
        List<Rule> rules = new ArrayList<>(StoredRules.of(
                database, configuration.queue().running(), configuration.tasks().limit()));
        rules.add(execution.containersRule(queue));
        return new Guard(rules, configuration.invariants().interval().toJavaDuration(), new RuleNews(metrics));
    }

    QueueSigns queueSigns() {
        return new NodeSigns(node, reconciler);
    }

    List<Object> resources() {
        TaskPageStore taskPages = new TaskPageStore(database);
        StoredRunResources runResources = new StoredRunResources(runPages);
        RunIncludes includes = new RunIncludes(taskPages, new TaskDocument(runResources));
        RunControl control = execution.control(queue);
        LogsResource logs = new LogsResource(database, clock);
        TaskPolicy policy = policy();
        FurtherRunStore further = new FurtherRunStore(database, tasks, runPages, line, policy);
        return List.of(
                new TasksResource(tasks, taskPages, runResources, runEnds, policy, dryRun()),
                new TaskRunsResource(tasks, runPages, further, includes, runEnds),
                new TaskCancelResource(tasks, runPages, control),
                new RunsResource(runPages, includes, control, runEnds),
                new RunLogsResource(logs),
                new TaskLogsResource(logs),
                new TokensResource(new TokenStore(database), clock),
                new AuditResource(new AuditPageStore(database)),
                new Gate(authentication, rateLimit, trail),
                DocumentationResource.packaged());
    }

    AuditTrail trail() {
        return trail;
    }

    AdminGate adminGate() {
        return new AdminGate(authentication, rateLimit, trail);
    }

    private Authentication authentication() {
        if (!configuration.access().authenticates()) {
            return Authentication.none();
        }
        List<Bearers> kinds = new ArrayList<>();
        kinds.add(new ApiTokens(new TokenStore(database)));
        if (configuration.oidc().isUsed()) {
            kinds.add(new JwtTokens(configuration.oidc(), clock));
        }
        return Authentication.byBearer(kinds);
    }

    Background background() {
        Execution carrier = execution.execution();
        return new Background(
                node,
                engineWatch,
                runEnds,
                turns,
                retryTimer,
                retries::retry,
                new TurnTaker(claims, carrier, bell),
                reconciler,
                guard,
                bell,
                carrier,
                engine);
    }

    private DryRun dryRun() {
        return new DryRun(tasks, this::lookFor, configuration.queue().running());
    }

    private ImagePresence lookFor(ImageReference image) {
        if (engineWatch.current().isEmpty()) {
            return new ImagePresence.Unknown();
        }
        try {
            return engine.findImage(image).isPresent() ? new ImagePresence.Present() : new ImagePresence.Absent();
        } catch (EngineUnavailable away) {
            return new ImagePresence.Unknown();
        } catch (EngineRefused refused) {
            return new ImagePresence.Refused(String.valueOf(refused.getMessage()));
        }
    }

    private TaskPolicy policy() {
        return configuration
                .execution()
                .policy(
                        configuration.tasks().timeLimits(),
                        configuration.tasks().retries().limits());
    }

    private ExecutionParts execution(RunStore runs) {
        LogRetention retention = new LogRetention(configuration.logs().limit().toBytes());
        return new ExecutionParts(
                database,
                runs,
                engine,
                engineWatch,
                new Logs(database, configuration.logs(), clock, metrics::storedLog),
                new ExecutionParts.Settings(configuration.execution(), retention),
                database.read(Ledger::installation),
                clock,
                new News(runEnds, metrics, new RetryAlarm(retries, retryTimer)));
    }

    private List<Runnable> housekeeping() {
        OrphanedLogs orphans = new OrphanedLogs(database);
        return List.of(() -> orphans.sweep(ORPHAN_BATCHES), tasks::forgetExpiredAnswers, retries::sweep);
    }

    private NodeEngine nodeEngine() {
        return engineWatch.engineId().map(NodeEngine::reached).orElseGet(() -> NodeEngine.away(engineWatch.trouble()));
    }

    /** As the build wrote it into the jar. */
    private static Optional<String> version() {
        return Optional.ofNullable(Services.class.getPackage().getImplementationVersion());
    }
}
