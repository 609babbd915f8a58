package io.gantry.engine.docker;

import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import io.gantry.engine.ContainerEngine;
import io.gantry.engine.ContainerEvent;
import io.gantry.engine.ContainerId;
import io.gantry.engine.ContainerName;
import io.gantry.engine.ContainerPlan;
import io.gantry.engine.ContainerState;
import io.gantry.engine.ContainerState.Phase;
import io.gantry.engine.ContainerSummary;
import io.gantry.engine.CreateResult;
import io.gantry.engine.EngineCalls;
import io.gantry.engine.EngineIdentity;
import io.gantry.engine.EngineUnavailable;
import io.gantry.engine.Follow;
import io.gantry.engine.ImageFacts;
import io.gantry.engine.ImageReference;
import io.gantry.engine.OutputFeed;
import io.gantry.engine.OutputSink;
import io.gantry.engine.Pull;
import io.gantry.engine.RemoveResult;
import io.gantry.engine.StartResult;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The Docker engine, or one that speaks its API. Connects when first asked. */
public final class DockerEngine implements ContainerEngine, AutoCloseable {

    private static final int NOT_MODIFIED = 304;

    private final DockerConnection connection;
    private final Identification identification;
    private final Exits exits;
    private final EventMemory memory;
    private final Duration callTimeout;
    private final Duration changeTimeout;
    private final DockerPull.Limits pullLimits;
    private final List<RegistryAccount> accounts;

    DockerEngine(DockerHost host, DockerConfiguration configuration, EngineCalls calls) {
        this.connection = new DockerConnection(host, calls);
        this.callTimeout = configuration.callTimeout().toJavaDuration();
        this.changeTimeout = configuration.changeTimeout().toJavaDuration();
        this.pullLimits = new DockerPull.Limits(
                configuration.pullTimeout().toJavaDuration(),
                configuration.pullStallTimeout().toJavaDuration());
        this.accounts = configuration.registries();
        this.identification = new Identification(connection, callTimeout);
        this.exits = new Exits(connection, this::inspect);
        this.memory = new EventMemory(connection, callTimeout, identification::now);
    }

    /** Finds the engine's host; {@link IllegalArgumentException} when the settings name none that can be used. */
    public static DockerEngine at(DockerConfiguration configuration, EngineCalls calls) {
        Path home = Path.of(System.getProperty("user.home", "/"));
        DockerHost host = new DockerHostSettings(System.getenv(), home).find(configuration.host());
        return new DockerEngine(host, configuration, calls);
    }

    /** Where the engine is looked for, e.g. {@code unix:///var/run/docker.sock}. */
    public String host() {
        return connection.host().toString();
    }

    @Override
    public EngineIdentity identify() {
        return identification.identify();
    }

    @Override
    public Instant now() {
        return identification.now();
    }

    @Override
    public Optional<ImageFacts> findImage(ImageReference image) {
        return connection.ask("inspect-image", callTimeout, client -> {
            try {
                return Optional.of(Images.facts(
                        image, client.inspectImageCmd(image.normalised()).exec()));
            } catch (NotFoundException e) {
                return absentIf(Failures.isNoSuchImage(e), e);
            }
        });
    }

    private static <T> Optional<T> absentIf(boolean absent, DockerException answer) {
        if (absent) {
            return Optional.empty();
        }
        throw answer;
    }

    @Override
    public Pull pull(ImageReference image) {
        return new DockerPull(
                        image,
                        path -> connection.open("pull", pullLimits.whole(), "POST", path, accountHeader(image)),
                        this::findImage,
                        pullLimits)
                .start(connection.deadlines());
    }

    /** An account is shown to its own registry and to no other. */
    private Map<String, String> accountHeader(ImageReference image) {
        return accounts.stream()
                .filter(account -> account.isFor(image))
                .findFirst()
                .map(account -> Map.of("X-Registry-Auth", account.header()))
                .orElse(Map.of());
    }

    @Override
    public CreateResult create(ContainerPlan plan) {
        return connection.ask("create", changeTimeout, client -> {
            try {
                String id = ContainerSettings.command(client, plan).exec().getId();
                return new CreateResult.Created(new ContainerId(id));
            } catch (NotFoundException e) {
                return noSuchImage(e);
            } catch (ConflictException e) {
                return nameTaken(e);
            }
        });
    }

    private static CreateResult noSuchImage(NotFoundException answer) {
        String message = Failures.message(answer);
        if (Failures.isNoSuchImage(answer)) {
            return new CreateResult.NoSuchImage(message);
        }
        throw answer;
    }

    private static CreateResult nameTaken(ConflictException answer) {
        if (Failures.isConflict(answer) && Failures.message(answer).contains("in use")) {
            return new CreateResult.NameTaken();
        }
        throw answer;
    }

    @Override
    public StartResult start(ContainerId container) {
        String path = "/containers/" + container + "/start";
        return connection.tell(
                "start", changeTimeout, "POST", path, new StartResult.Started(), e -> notStarted(container, e));
    }

    private boolean wasStartedBefore(ContainerId container) {
        return inspect(container)
                .filter(state -> state.phase() != Phase.CREATED)
                .isPresent();
    }

    /** A 404 is also Docker's answer to a missing executable, in some versions. */
    private StartResult notStarted(ContainerId container, DockerException answer) {
        if (answer.getHttpStatus() == NOT_MODIFIED && wasStartedBefore(container)) {
            return new StartResult.Started();
        }
        Optional<String> fault = StartFault.of(answer);
        if (fault.isPresent()) {
            return new StartResult.CannotStart(fault.orElseThrow());
        }
        if (Failures.isNoSuchContainer(answer) && Failures.message(answer).contains(container.value())) {
            return new StartResult.Absent();
        }
        throw answer;
    }

    @Override
    public Optional<ContainerState> inspect(ContainerId container) {
        Optional<ContainerState> state = inspect(container.value());
        if (state.isPresent() && !state.get().id().value().startsWith(container.value())) {
            throw new EngineUnavailable("the engine was asked of container " + container + " and answered of "
                    + state.get().id());
        }
        return state;
    }

    @Override
    public Optional<ContainerState> inspect(ContainerName container) {
        return inspect(container.value());
    }

    private Optional<ContainerState> inspect(String idOrName) {
        return connection.ask("inspect", callTimeout, client -> {
            try {
                return Optional.of(
                        ContainerStates.of(client.inspectContainerCmd(idOrName).exec()));
            } catch (NotFoundException e) {
                return absentIf(Failures.isNoSuchContainer(e), e);
            }
        });
    }

    @Override
    public void awaitExit(ContainerId container, Duration atMost) {
        exits.await(container, atMost);
    }

    @Override
    public void signal(ContainerId container, String signal) {
        String path = "/containers/" + container + "/kill?signal=" + signal;
        connection.tell("kill", callTimeout, "POST", path, true, DockerEngine::gone);
    }

    /** False if the engine says that there is nothing left to do it to. */
    private static boolean gone(DockerException answer) {
        if (Failures.isNoSuchContainer(answer) || Failures.isConflict(answer)) {
            return false;
        }
        throw answer;
    }

    @Override
    public RemoveResult removeUnstarted(ContainerId container) {
        String path = "/containers/" + container + "?v=true";
        RemoveResult result = connection.tell(
                "remove", changeTimeout, "DELETE", path, RemoveResult.REMOVED, DockerEngine::notRemoved);
        return result == RemoveResult.REMOVED && wasStarted(container) ? RemoveResult.ABSENT : result;
    }

    private static RemoveResult notRemoved(DockerException answer) {
        if (Failures.isNoSuchContainer(answer)) {
            return RemoveResult.ABSENT;
        }
        if (Failures.isConflict(answer)) {
            return RemoveResult.STARTED;
        }
        throw answer;
    }

    /** A start that was under way may have been served, and the process have ended, just before the removal. */
    private boolean wasStarted(ContainerId container) {
        String path = ContainerEvents.pathOfStart(container);
        return connection.read("events", callTimeout, "GET", path, ContainerEvents::tellsOfStart);
    }

    @Override
    public void remove(ContainerId container) {
        String path = "/containers/" + container + "?v=true&force=true";
        connection.tell("remove", changeTimeout, "DELETE", path, true, DockerEngine::gone);
    }

    @Override
    public OutputFeed attach(ContainerId container, OutputSink sink) {
        String path = "/containers/" + container + "/attach?stream=true&stdout=true&stderr=true";
        Response response = connection.open("attach", callTimeout, "POST", path);
        return DockerFeed.start(response, sink, "engine-attach-" + shortId(container));
    }

    @Override
    public OutputFeed readLog(ContainerId container, Follow follow, OutputSink sink) {
        String path = "/containers/" + container + "/logs?stdout=true&stderr=true&follow=" + (follow == Follow.YES);
        Response response = connection.open("logs", callTimeout, "GET", path);
        return DockerFeed.start(response, sink, "engine-log-" + shortId(container));
    }

    private static String shortId(ContainerId container) {
        return container.value().substring(0, 12);
    }

    @Override
    public Optional<String> findExecFault(ContainerId container) {
        FirstBytes output = new FirstBytes();
        try (OutputFeed feed = readLog(container, Follow.NO, output)) {
            if (feed.await(callTimeout) != OutputFeed.State.ENDED) {
                throw new EngineUnavailable("the engine's log of " + container + " can't be read");
            }
        }
        return StartFault.ofOutput(output.text());
    }

    @Override
    public List<ContainerSummary> list(Map<String, String> labels) {
        return connection.ask(
                "list",
                callTimeout,
                client -> client.listContainersCmd().withShowAll(true).withLabelFilter(labels).exec().stream()
                        .map(container -> ContainerStates.summary(container, labels))
                        .toList());
    }

    @Override
    public List<ContainerEvent> eventsOf(ContainerId container, Instant since, Instant until) {
        String path = ContainerEvents.pathOfEnd(container, since, until);
        return memory.with(
                container, since, connection.read("events", callTimeout, "GET", path, ContainerEvents::read));
    }

    @Override
    public void keepEvents(Map<String, String> labels) {
        memory.listenTo(labels);
    }

    @Override
    public void close() {
        memory.close();
        connection.close();
    }
}
