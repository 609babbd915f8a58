package io.gantry.engine.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import io.gantry.engine.ContainerEvent;
import io.gantry.engine.ContainerEvent.Died;
import io.gantry.engine.ContainerId;
import io.gantry.engine.EngineUnavailable;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * What the engine tells of containers. Asked without docker-java's command, which knows whole seconds only. An engine
 * tells what it remembers, and then goes on with what happens until a time on its own clock, which we don't know; so we
 * hang up after the event that is the last one to be expected.
 */
final class ContainerEvents {

    private static final long NANOS = 1_000_000_000;
    private static final int KILLED = 128 + 9;
    private static final List<String> OF_AN_END = List.of("kill", "oom", "die");
    /** Of one event; an engine's own words take half a kilobyte, and labels of a task and an image some more. */
    private static final int LONGEST_LINE = 4 << 20;

    private static final ObjectMapper JSON = new ObjectMapper();

    private ContainerEvents() {}

    /** The query for what led to a container's end. */
    static String pathOfEnd(ContainerId container, Instant since, Instant until) {
        return path(Map.of("container", List.of(container.value()), "event", OF_AN_END), since) + "&until="
                + seconds(until);
    }

    /** The query for whether a container that has been removed was started before. */
    static String pathOfStart(ContainerId container) {
        return path(
                Map.of("container", List.of(container.value()), "event", List.of("start", "destroy")), Instant.EPOCH);
    }

    /** The query for what leads to the ends of all containers with these labels. */
    static String pathOfAll(Map<String, String> labels, Instant since) {
        List<String> pairs = labels.entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .toList();
        return path(Map.of("label", pairs, "event", OF_AN_END), since);
    }

    private static String path(Map<String, List<String>> filters, Instant since) {
        Map<String, List<String>> all = new HashMap<>(filters);
        all.put("type", List.of("container"));
        try {
            return "/events?since=" + seconds(since) + "&filters="
                    + URLEncoder.encode(JSON.writeValueAsString(all), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String seconds(Instant instant) {
        return String.format(Locale.ROOT, "%d.%09d", instant.getEpochSecond(), instant.getNano());
    }

    /** In order; what comes later than the last one to be expected isn't waited for. */
    static List<ContainerEvent> read(Response response) {
        List<ContainerEvent> events = new ArrayList<>();
        eachUntil(response, event -> {
            eventOf(event).ifPresent(events::add);
            return areAll(events);
        });
        return events;
    }

    /** Of a container that has been removed. */
    static boolean tellsOfStart(Response response) {
        Set<String> actions = new HashSet<>();
        eachUntil(response, event -> {
            eventOf(event);
            actions.add(action(event));
            return action(event).equals("destroy");
        });
        return actions.contains("start");
    }

    /** Passes on what happens, as it happens, until the stream ends. */
    static void hear(Response response, BiConsumer<ContainerId, ContainerEvent> listener) {
        eachUntil(response, event -> {
            eventOf(event).ifPresent(it -> listener.accept(container(event), it));
            return false;
        });
    }

    /**
     * Whether nothing more is expected, as after a death; but an engine may hear of the kernel's killing for memory a moment
     * after it heard of the death that it led to.
     */
    static boolean areAll(List<ContainerEvent> events) {
        boolean explained = events.stream().anyMatch(event -> !(event instanceof Died));
        return events.stream()
                .anyMatch(event -> event instanceof Died died && (explained || died.exitCode() != KILLED));
    }

    private static void eachUntil(Response response, Predicate<JsonNode> isLast) {
        InputStream body = new BufferedInputStream(response.getBody());
        try {
            boolean over = false;
            while (!over) {
                Optional<JsonNode> event = next(body);
                over = event.map(isLast::test).orElse(true);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
    /** One line, since the stream has no end that could be waited for. */
    private static Optional<JsonNode> next(InputStream body) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = body.read();
        while (next >= 0 && next != '\n') {
            line.write(next);
            if (line.size() > LONGEST_LINE) {
                throw senseless();
            }
            next = body.read();
        }
        return next < 0 && line.size() == 0 ? Optional.empty() : Optional.of(JSON.readTree(line.toByteArray()));
    }

    private static EngineUnavailable senseless() {
        return new EngineUnavailable("the engine tells of an event in a way that makes no sense");
    }

    private static ContainerId container(JsonNode event) {
        try {
            return new ContainerId(event.path("Actor").path("ID").asText());
        } catch (IllegalArgumentException e) {
            throw senseless();
        }
    }

    private static int exitCode(JsonNode event) {
        return event.path("Actor").path("Attributes").path("exitCode").asInt();
    }

    private static String action(JsonNode event) {
        return event.path("Action").asText();
    }

    private static Optional<ContainerEvent> eventOf(JsonNode event) {
        if (!event.path("Action").isTextual() || !event.path("timeNano").isIntegralNumber()) {
            throw senseless();
        }
        container(event); // Refuses what has happened to nobody.
        long nanos = event.path("timeNano").asLong();
        Instant at = Instant.ofEpochSecond(nanos / NANOS, nanos % NANOS);
        JsonNode attributes = event.path("Actor").path("Attributes");
        return switch (action(event)) {
            case "kill" ->
                Optional.of(new ContainerEvent.Signalled(
                        at, SignalNames.of(attributes.path("signal").asText())));
            case "oom" -> Optional.of(new ContainerEvent.OutOfMemory(at));
            case "die" -> Optional.of(new Died(at, exitCode(event)));
            default -> Optional.empty();
        };
    }
}
