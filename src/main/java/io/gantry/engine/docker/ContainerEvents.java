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

/**
 * What the engine remembers of one container. Asked without docker-java's command, which knows whole seconds only. An engine
 * tells what it remembers, and then goes on with what happens until a time on its own clock, which we don't know; so we
 * hang up after the event that is the last one to be expected.
 */
final class ContainerEvents {

    private static final long NANOS = 1_000_000_000;
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
        return linesTo("die", response).stream()
                .map(ContainerEvents::eventOf)
                .flatMap(Optional::stream)
                .toList();
    }

    /** Of a container that has been removed. */
    static boolean tellsOfStart(Response response) {
        List<JsonNode> events = linesTo("destroy", response);
        events.forEach(ContainerEvents::eventOf);
        return events.stream().anyMatch(event -> action(event).equals("start"));
    }

    private static List<JsonNode> linesTo(String last, Response response) {
        List<JsonNode> events = new ArrayList<>();
        try {
            MappingIterator<JsonNode> lines = JSON.readerFor(JsonNode.class).readValues(response.getBody());
            while (lines.hasNextValue()) {
                JsonNode event = lines.nextValue();
                events.add(event);
                if (action(event).equals(last)) {
                    break;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return events;
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
            case "die" ->
                Optional.of(
                        new ContainerEvent.Died(at, attributes.path("exitCode").asInt()));
            default -> Optional.empty();
        };
    }
}
