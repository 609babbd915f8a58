package io.gantry.engine.docker;

import com.github.dockerjava.transport.DockerHttpClient.Response;
import io.gantry.engine.ContainerEvent;
import io.gantry.engine.ContainerEvent.Died;
import io.gantry.engine.ContainerEvent.Signalled;
import io.gantry.engine.ContainerId;
import io.gantry.engine.EngineRefused;
import io.gantry.engine.EngineUnavailable;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears what happens to our containers, and keeps it. An engine remembers 256 events, of all containers, images and networks
 * together (moby, {@code daemon/events/events.go}), so that an end which is judged late, as after the database was away,
 * may be forgotten there. What it does remember counts all the same: it drops events on their way to a listener that is slow.
 */
final class EventMemory implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventMemory.class);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final int MOST_CONTAINERS = 1000;
    private static final int MOST_EVENTS = 100;

    private final DockerConnection connection;
    private final Duration callTimeout;
    private final Supplier<Instant> engineTime;
    private final Map<ContainerId, Life> lives = new LinkedHashMap<>();
    /** When a life that wasn't over was last forgotten. */
    private Instant forgotten = Instant.MIN;

    private @Nullable Thread listener;
    private volatile @Nullable Response stream;
    private volatile boolean closed;

    /** @param callTimeout how long the engine may take to begin to tell */
    EventMemory(DockerConnection connection, Duration callTimeout, Supplier<Instant> engineTime) {
        this.connection = connection;
        this.callTimeout = callTimeout;
        this.engineTime = engineTime;
    }

    /** What was heard of one container. */
    private static final class Life {

        /** Everything from then on was heard; empty if there is a gap. */
        Optional<Instant> wholeSince;

        final List<ContainerEvent> events = new ArrayList<>();

        Life(Instant wholeSince) {
            this.wholeSince = Optional.of(wholeSince);
        }

        /** Of very many, the first of each kind tell enough. */
        void add(ContainerEvent event) {
            if (events.size() < MOST_EVENTS
                    || events.stream().noneMatch(known -> kind(known).equals(kind(event)))) {
                events.add(event);
            }
        }

        private static String kind(ContainerEvent event) {
            return event instanceof Signalled signalled
                    ? signalled.signal()
                    : event.getClass().getName();
        }

        boolean isOver() {
            return ContainerEvents.areAll(events);
        }

        /** A death alone doesn't tell what came before it, which may have gone unheard. */
        List<ContainerEvent> tellingSince(Instant since) {
            boolean whole = wholeSince.map(heard -> !heard.isAfter(since)).orElse(false);
            return events.stream()
                    .filter(event -> !event.at().isBefore(since))
                    .filter(event -> whole || !(event instanceof Died))
                    .toList();
        }
    }

    /** Listens from now on, on a thread of its own, to what happens to containers with these labels. */
    synchronized void listenTo(Map<String, String> labels) {
        if (listener == null && !closed) {
            Thread thread = new Thread(() -> listen(labels), "engine-events");
            thread.setDaemon(true);
            thread.start();
            listener = thread;
        }
    }

    private void listen(Map<String, String> labels) {
        while (!closed) {
            try {
                hear(labels);
            } catch (EngineUnavailable | EngineRefused | UncheckedIOException e) {
                LOG.debug("the engine's events can't be heard", e);
            } catch (RuntimeException e) {
                LOG.warn("the engine's events can't be heard", e);
            }
            noteGap();
            LockSupport.parkNanos(RETRY.toNanos());
        }
    }

    /** Until the stream breaks. It begins with what the engine remembers from its present time on, so nothing is missed. */
    private void hear(Map<String, String> labels) {
        Instant since = engineTime.get();
        String path = ContainerEvents.pathOfAll(labels, since);
        try (Response response = connection.open("events", callTimeout, "GET", path)) {
            stream = response;
            if (!closed) {
                ContainerEvents.hear(response, (container, event) -> keep(since, container, event));
            }
        }
    }

    private synchronized void keep(Instant since, ContainerId container, ContainerEvent event) {
        Instant wholeSince = since.isAfter(forgotten) ? since : forgotten;
        lives.computeIfAbsent(container, unknown -> new Life(wholeSince)).add(event);
        if (lives.size() > MOST_CONTAINERS) {
            forgetOne(event.at());
        }
    }

    /** One that goes on had better be remembered. */
    private void forgetOne(Instant now) {
        Optional<ContainerId> over = lives.entrySet().stream()
                .filter(life -> life.getValue().isOver())
                .map(Map.Entry::getKey)
                .findFirst();
        lives.remove(over.orElseGet(() -> lives.keySet().iterator().next()));
        if (over.isEmpty()) {
            forgotten = now;
        }
    }

    private synchronized void noteGap() {
        lives.values().stream().filter(life -> !life.isOver()).forEach(life -> life.wholeSince = Optional.empty());
    }

    /** What was heard of a container since then, in order, together with what the engine remembers; no other times count. */
    synchronized List<ContainerEvent> with(ContainerId container, Instant since, List<ContainerEvent> remembered) {
        List<ContainerEvent> heard = Optional.ofNullable(lives.get(container))
                .map(life -> life.tellingSince(since))
                .orElse(List.of());
        return remembered.isEmpty()
                ? heard
                : Stream.concat(heard.stream(), remembered.stream())
                        .filter(event -> !event.at().isBefore(since))
                        .distinct()
                        .sorted(Comparator.comparing(ContainerEvent::at))
                        .toList();
    }

    @Override
    public void close() {
        closed = true;
        Thread thread;
        synchronized (this) {
            thread = listener;
        }
        if (thread != null) {
            thread.interrupt();
        }
        Response open = stream;
        if (open != null) {
            open.close();
        }
    }
}
