package io.gantry.engine.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import io.gantry.engine.ContainerEvent;
import io.gantry.engine.ContainerId;
import io.gantry.engine.EngineUnavailable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What the engine remembers of one container. Asked without docker-java's command, which knows whole seconds only. An engine
 * tells what it remembers, and then goes on with what happens until a time on its own clock, which we don't know; so we
 * hang up after the event that is the last one to be expected.
 */
final class ContainerEvents {

    private static final long NANOS = 1_000_000_000;
    private static final int KILLED = 128 + 9;
    private static final ObjectMapper JSON = new ObjectMapper();

    private ContainerEvents() {}

    /** The query for a container's events of these kinds, without end unless there is one. */
    static String path(ContainerId container, List<String> kinds, Instant since, Optional<Instant> until) {
        Map<String, List<String>> filters =
                Map.of("type", List.of("container"), "container", List.of(container.value()), "event", kinds);
        try {
            return "/events?since=" + seconds(since)
                    + until.map(end -> "&until=" + seconds(end)).orElse("") + "&filters="
                    + URLEncoder.encode(JSON.writeValueAsString(filters), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String seconds(Instant instant) {
        return String.format(Locale.ROOT, "%d.%09d", instant.getEpochSecond(), instant.getNano());
    }

    static List<ContainerEvent> read(Response response) {
        return linesTo(ContainerEvents::areAll, response).stream()
                .map(ContainerEvents::eventOf)
                .flatMap(Optional::stream)
                .toList();
    }

    /** Of a container that has been removed. */
    static boolean tellsOfStart(Response response) {
        List<JsonNode> events = linesTo(soFar -> last(soFar).equals("destroy"), response);
        events.forEach(ContainerEvents::eventOf);
        return events.stream().anyMatch(event -> action(event).equals("start"));
    }

    /**
     * Nothing is expected after a death; but an engine may hear of the kernel's killing for memory a moment after it heard
     * of the death that it led to.
     */
    private static boolean areAll(List<JsonNode> events) {
        Set<String> actions = events.stream().map(ContainerEvents::action).collect(Collectors.toSet());
        boolean unexplained = exitCode(events.get(events.size() - 1)) == KILLED
                && !actions.contains("oom")
                && !actions.contains("kill");
        return actions.contains("die") && !unexplained;
    }

    private static String last(List<JsonNode> events) {
        return action(events.get(events.size() - 1));
    }

    private static List<JsonNode> linesTo(Predicate<List<JsonNode>> areAll, Response response) {
        List<JsonNode> events = new ArrayList<>();
        try {
            MappingIterator<JsonNode> lines = JSON.readerFor(JsonNode.class).readValues(response.getBody());
            while (lines.hasNextValue()) {
                events.add(lines.nextValue());
                if (areAll.test(events)) {
                    break;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return events;
    }

    private static int exitCode(JsonNode event) {
        return event.path("Actor").path("Attributes").path("exitCode").asInt();
    }

    private static String action(JsonNode event) {
        return event.path("Action").asText();
    }

    private static Optional<ContainerEvent> eventOf(JsonNode event) {
        if (!event.path("Action").isTextual() || !event.path("timeNano").isIntegralNumber()) {
            throw new EngineUnavailable("the engine tells of an event in a way that makes no sense");
        }
        long nanos = event.path("timeNano").asLong();
        Instant at = Instant.ofEpochSecond(nanos / NANOS, nanos % NANOS);
        JsonNode attributes = event.path("Actor").path("Attributes");
        return switch (action(event)) {
            case "kill" ->
                Optional.of(new ContainerEvent.Signalled(
                        at, SignalNames.of(attributes.path("signal").asText())));
            case "oom" -> Optional.of(new ContainerEvent.OutOfMemory(at));
            case "die" -> Optional.of(new ContainerEvent.Died(at, exitCode(event)));
            default -> Optional.empty();
        };
    }
}
