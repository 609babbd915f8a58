package io.gantry.chaos.observer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Follows the engine's events of containers, and goes on where it was when the engine went away. */
final class EventFollower {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String FILTER = DockerSocket.encoded("{\"type\":[\"container\"]}");

    private final DockerSocket docker;
    private final Predicate<EngineEvent> wanted;
    private final List<EngineEvent> events = new ArrayList<>();
    private final Set<String> known = new HashSet<>();
    private final Thread thread = new Thread(this::followAlways, "observer-events");
    private String since;
    private volatile boolean closed;

    EventFollower(DockerSocket docker, Instant since, Predicate<EngineEvent> wanted) {
        this.docker = docker;
        this.since = seconds(since);
        this.wanted = wanted;
        thread.setDaemon(true);
        thread.start();
    }

    synchronized List<EngineEvent> events() {
        return List.copyOf(events);
    }

    private void followAlways() {
        while (!closed) {
            try {
                follow();
            } catch (IOException e) {
                pause();
            }
        }
    }

    private void follow() throws IOException {
        read("/events?since=" + since() + "&filters=" + FILTER);
    }

    /** Makes sure that what the engine has told by now is known. */
    void catchUp() throws IOException {
        read("/events?since=" + since() + "&until=" + seconds(Instant.now()) + "&filters=" + FILTER);
    }

    private void read(String target) throws IOException {
        try (BufferedReader lines = docker.open(target)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                note(line);
            }
        }
    }

    /** What is told again after a new connection counts once. */
    private synchronized void note(String line) throws IOException {
        JsonNode event = JSON.readTree(line);
        long nanos = event.path("timeNano").asLong();
        Instant at = Instant.ofEpochSecond(0, nanos);
        since = seconds(at);
        EngineEvent told = new EngineEvent(
                at,
                event.path("Action").asText(),
                event.path("Actor").path("ID").asText(),
                JSON.convertValue(
                        event.path("Actor").path("Attributes"),
                        JSON.getTypeFactory().constructMapType(Map.class, String.class, String.class)));
        if (wanted.test(told) && known.add(nanos + told.action() + told.container())) {
            events.add(told);
        }
    }

    private synchronized String since() {
        return since;
    }

    private static String seconds(Instant at) {
        return "%d.%09d".formatted(at.getEpochSecond(), at.getNano());
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** An interrupted thread closes the connection that it reads. */
    void stop() throws InterruptedException {
        closed = true;
        thread.interrupt();
        thread.join();
    }
}
