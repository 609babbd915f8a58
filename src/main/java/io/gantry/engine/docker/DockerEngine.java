package io.gantry.engine.docker;

import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import io.gantry.engine.ContainerEngine;
import io.gantry.engine.ContainerEvent;
import io.gantry.engine.ContainerId;
import io.gantry.engine.ContainerName;
import io.gantry.engine.ContainerPlan;
import io.gantry.engine.ContainerState;
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
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The Docker engine, or one that speaks its API. Connects when first asked. */
public final class DockerEngine implements ContainerEngine, AutoCloseable {

    private final DockerConnection connection;
    private final Identification identification;
    private final Exits exits;
    private final Duration callTimeout;
    private final Duration changeTimeout;
    private final DockerPull.Limits pullLimits;
    private final InstantSource clock;

    DockerEngine(DockerHost host, DockerConfiguration configuration, EngineCalls calls, InstantSource clock) {
        this.connection = new DockerConnection(host, calls);
        this.callTimeout = configuration.callTimeout().toJavaDuration();
        this.changeTimeout = configuration.changeTimeout().toJavaDuration();
        this.pullLimits = new DockerPull.Limits(
                configuration.pullTimeout().toJavaDuration(),
                configuration.pullStallTimeout().toJavaDuration());
        this.identification = new Identification(connection, callTimeout);
        this.exits = new Exits(connection, this::inspect);
        this.clock = clock;
    }

    /** Finds the engine's host; {@link IllegalArgumentException} when the settings name none that can be used. */
    public static DockerEngine at(DockerConfiguration configuration, EngineCalls calls, InstantSource clock) {
        Path home = Path.of(System.getProperty("user.home", "/"));
        DockerHost host = new DockerHostSettings(System.getenv(), home).find(configuration.host());
        return new DockerEngine(host, configuration, calls, clock);
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
                return Optional.empty();
            }
        });
    }

    @Override
    public Pull pull(ImageReference image) {
        return new DockerPull(
                        image,
                        path -> connection.open("pull", pullLimits.whole(), "POST", path),
                        this::findImage,
                        pullLimits)
                .start(connection.deadlines());
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
        if (message.contains("image")) {
            return new CreateResult.NoSuchImage(message);
        }
        throw answer;
    }

    private static CreateResult nameTaken(ConflictException answer) {
        if (Failures.message(answer).contains("in use")) {
            return new CreateResult.NameTaken();
        }
        throw answer;
    }

    @Override
    public StartResult start(ContainerId container) {
        return connection.ask("start", changeTimeout, client -> {
            try {
                client.startContainerCmd(container.value()).exec();
                return new StartResult.Started();
            } catch (NotModifiedException e) {
                return new StartResult.Started();
            } catch (DockerException e) {
                return notStarted(container, e);
            }
        });
    }

    /** A 404 is also Docker's answer to a missing executable, in some versions. */
    private static StartResult notStarted(ContainerId container, DockerException answer) {
        Optional<String> fault = StartFault.of(answer);
        if (fault.isPresent()) {
            return new StartResult.CannotStart(fault.orElseThrow());
        }
        if (answer instanceof NotFoundException && Failures.message(answer).contains(container.value())) {
            return new StartResult.Absent();
        }
        throw answer;
    }

    @Override
    public Optional<ContainerState> inspect(ContainerId container) {
        return inspect(container.value());
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
                return Optional.empty();
            }
        });
    }

    @Override
    public void awaitExit(ContainerId container, Duration atMost) {
        exits.await(container, atMost);
    }

    @Override
    public void signal(ContainerId container, String signal) {
        connection.ask("kill", callTimeout, client -> {
            try {
                client.killContainerCmd(container.value()).withSignal(signal).exec();
            } catch (NotFoundException | ConflictException e) {
                return false;
            }
            return true;
        });
    }

    @Override
    public RemoveResult removeUnstarted(ContainerId container) {
        RemoveResult result = connection.ask("remove", changeTimeout, client -> {
            try {
                client.removeContainerCmd(container.value())
                        .withRemoveVolumes(true)
                        .exec();
                return RemoveResult.REMOVED;
            } catch (NotFoundException e) {
                return RemoveResult.ABSENT;
            } catch (ConflictException e) {
                return RemoveResult.STARTED;
            }
        });
        return result == RemoveResult.REMOVED && wasStarted(container) ? RemoveResult.ABSENT : result;
    }

    /** A start that was under way may have been served, and the process have ended, just before the removal. */
    private boolean wasStarted(ContainerId container) {
        String path = ContainerEvents.path(container, List.of("start"), Instant.EPOCH, clock.instant());
        return connection.read("events", callTimeout, "GET", path, ContainerEvents::isAny);
    }

    @Override
    public void remove(ContainerId container) {
        connection.ask("remove", changeTimeout, client -> {
            try {
                client.removeContainerCmd(container.value())
                        .withForce(true)
                        .withRemoveVolumes(true)
                        .exec();
            } catch (NotFoundException | ConflictException e) {
                return false;
            }
            return true;
        });
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
                        .map(ContainerStates::summary)
                        .toList());
    }

    @Override
    public List<ContainerEvent> eventsOf(ContainerId container, Instant since) {
        String path = ContainerEvents.path(container, List.of("kill", "oom", "die"), since, clock.instant());
        return connection.read("events", callTimeout, "GET", path, ContainerEvents::read);
    }

    @Override
    public void close() {
        connection.close();
    }
}
