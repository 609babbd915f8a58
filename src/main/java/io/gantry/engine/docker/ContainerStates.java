package io.gantry.engine.docker;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ContainerConfig;
import io.gantry.engine.ContainerId;
import io.gantry.engine.ContainerState;
import io.gantry.engine.ContainerState.Phase;
import io.gantry.engine.ContainerSummary;
import io.gantry.engine.EngineUnavailable;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How Docker's description of a container is read. */
final class ContainerStates {

    /** Docker's word for "never": the year 1. */
    private static final Instant BEGINNING = Instant.parse("0002-01-01T00:00:00Z");

    private ContainerStates() {}

    static ContainerState of(InspectContainerResponse answer) {
        InspectContainerResponse.ContainerState state = required(answer.getState(), "State");
        Optional<Instant> startedAt = instant(required(state.getStartedAt(), "State.StartedAt"));
        Phase phase = phase(state, startedAt);
        ContainerConfig config = answer.getConfig();
        return new ContainerState(
                new ContainerId(required(answer.getId(), "Id")),
                phase,
                phase == Phase.EXITED
                        ? Optional.of(required(state.getExitCodeLong(), "State.ExitCode")
                                .intValue())
                        : Optional.empty(),
                required(state.getOOMKilled(), "State.OOMKilled"),
                Optional.ofNullable(state.getError()).flatMap(StartFault::ofState),
                startedAt,
                phase == Phase.EXITED
                        ? end(startedAt, instant(required(state.getFinishedAt(), "State.FinishedAt")))
                        : Optional.empty(),
                config == null ? Map.of() : labels(config.getLabels()));
    }

    /** Docker notes the start when it hears of it, which may be after a process that was quick has ended. */
    private static Optional<Instant> end(Optional<Instant> startedAt, Optional<Instant> finishedAt) {
        return finishedAt.map(
                end -> startedAt.filter(start -> start.isAfter(end)).orElse(end));
    }

    /** A container that was never started is created, whatever else Docker says of it. */
    private static Phase phase(InspectContainerResponse.ContainerState state, Optional<Instant> startedAt) {
        String status = required(state.getStatus(), "State.Status");
        return switch (status) {
            case "running", "paused", "restarting" -> Phase.RUNNING;
            case "created" -> Phase.CREATED;
            case "exited", "dead", "removing" -> startedAt.isPresent() ? Phase.EXITED : Phase.CREATED;
            default -> throw new EngineUnavailable("the engine knows a container status that we don't: " + status);
        };
    }

    /** @param asked the labels that it must have, as it was asked by them */
    static ContainerSummary summary(Container container, Map<String, String> asked) {
        if (!labels(container.getLabels()).entrySet().containsAll(asked.entrySet())) {
            throw new EngineUnavailable("the engine lists a container that lacks the labels it was asked by");
        }
        String[] names = container.getNames();
        String name = names == null || names.length == 0 ? "" : names[0];
        return new ContainerSummary(
                new ContainerId(required(container.getId(), "Id")),
                name.startsWith("/") ? name.substring(1) : name,
                labels(container.getLabels()),
                Instant.ofEpochSecond(required(container.getCreated(), "Created")));
    }

    private static Map<String, String> labels(@Nullable Map<String, String> labels) {
        return labels == null ? Map.of() : Map.copyOf(labels);
    }

    private static Optional<Instant> instant(@Nullable String text) {
        try {
            return Optional.ofNullable(text)
                    .filter(t -> !t.isEmpty())
                    .map(t -> OffsetDateTime.parse(t).toInstant())
                    .filter(BEGINNING::isBefore);
        } catch (DateTimeParseException e) {
            throw new EngineUnavailable("the engine's answer has a time that is none: " + text, e);
        }
    }

    private static <T> T required(@Nullable T value, String name) {
        if (value == null) {
            throw new EngineUnavailable("the engine's answer lacks " + name);
        }
        return value;
    }
}
