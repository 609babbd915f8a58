package io.gantry.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dropwizard.util.Duration;
import io.gantry.engine.ContainerEvent;
import io.gantry.engine.ContainerId;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is heard of an engine whose stream of events breaks, or makes no sense. */
class EventMemoryIT {

    private static final ContainerId CONTAINER = new ContainerId("cd".repeat(32));
    private static final Instant CONNECTED = Instant.parse("2020-01-01T10:00:00Z");
    private static final Instant STARTED = CONNECTED.plusSeconds(1);
    private static final Instant LATER = CONNECTED.plusSeconds(600);
    private static final String STREAM = "HTTP/1.1 200 OK\r\n\r\n";

    private final FakeDockerd dockerd = FakeDockerd.speaking("1.12", "1.41");
    private final DockerEngine engine = new DockerEngine(
            new DockerHost(URI.create(dockerd.host()), Optional.empty()),
            new DockerConfiguration(
                    "", Duration.seconds(5), Duration.seconds(5), Duration.seconds(5), Duration.seconds(5), List.of()),
            (call, took, answer) -> {});
    private final AtomicInteger times = new AtomicInteger();

    @AfterEach
    void close() {
        engine.close();
        dockerd.close();
    }

    /**
     * The engine forgets everything at once.
     *
     * @param streams what it tells whoever listens, one time after the other, and no more after the last
     */
    private void tells(String... streams) {
        dockerd.behaves(request -> {
            if (request.equals("GET /version")) {
                return FakeDockerd.versions("1.12", "1.41");
            }
            if (request.endsWith("/info")) {
                return FakeDockerd.json(200, "{\"SystemTime\":\"" + CONNECTED + "\"}");
            }
            boolean listens = request.contains("label");
            int time = listens ? times.getAndIncrement() : streams.length;
            return STREAM + (time < streams.length ? streams[time] : listens ? FakeDockerd.OPEN : "");
        });
        engine.keepEvents(Map.of("io.gantry.test", "here"));
    }

    private static String event(String action, Instant at, String attributes) {
        return "{\"Action\":\"%s\",\"timeNano\":%d,\"Actor\":{\"ID\":\"%s\",\"Attributes\":{%s}}}\n"
                .formatted(action, at.getEpochSecond() * 1_000_000_000, CONTAINER, attributes);
    }

    private static String killed() {
        return event("kill", STARTED.plusSeconds(1), "\"signal\":\"15\"");
    }

    private static String died() {
        return event("die", STARTED.plusSeconds(2), "\"exitCode\":\"143\"");
    }

    private void awaitListening(int time) {
        await().atMost(java.time.Duration.ofSeconds(20)).until(() -> times.get() >= time);
    }

    private List<ContainerEvent> awaitEvents(int number) {
        return await().atMost(java.time.Duration.ofSeconds(20))
                .until(() -> engine.eventsOf(CONTAINER, STARTED, LATER), events -> events.size() == number);
    }

    @Test
    void a_life_that_was_heard_whole_is_known_without_asking() {
        tells(killed() + died() + FakeDockerd.OPEN);

        assertThat(awaitEvents(2)).last().isInstanceOf(ContainerEvent.Died.class);
        int asked = dockerd.requests().size();

        assertThat(engine.eventsOf(CONTAINER, STARTED, LATER)).hasSize(2);
        assertThat(dockerd.requests()).hasSize(asked);
        assertThat(dockerd.requests())
                .anyMatch(request -> request.contains("/events?since=1577872800.000000000&filters=")
                        && request.contains("io.gantry.test%3Dhere"));
    }

    @Test
    void a_life_from_before_is_asked_for() {
        tells(died() + FakeDockerd.OPEN);

        awaitEvents(1);
        int asked = dockerd.requests().size();

        Instant before = CONNECTED.minusSeconds(1);
        assertThat(engine.eventsOf(CONTAINER, before, LATER)).hasSize(1);
        assertThat(dockerd.requests()).hasSizeGreaterThan(asked);
    }

    @Test
    void what_was_heard_before_a_break_stands_beside_what_came_after() {
        tells(killed(), died() + FakeDockerd.OPEN);

        assertThat(awaitEvents(2)).first().isInstanceOf(ContainerEvent.Signalled.class);
        int asked = dockerd.requests().size();
        assertThat(engine.eventsOf(CONTAINER, STARTED, LATER)).hasSize(2);
        assertThat(dockerd.requests())
                .as("there is a gap, so the engine is asked")
                .hasSizeGreaterThan(asked);
    }

    @Test
    void a_life_heard_whole_before_a_break_stays_so() {
        tells(killed() + died(), "" + FakeDockerd.OPEN);

        awaitListening(2);
        int asked = dockerd.requests().size();

        assertThat(engine.eventsOf(CONTAINER, STARTED, LATER)).hasSize(2);
        assertThat(dockerd.requests()).hasSize(asked);
    }

    static List<String> nonsense() {
        return List.of(
                "garbage\n",
                "{}\n",
                "[]\n",
                "\n",
                "null\n",
                event("die", STARTED, "").replace(CONTAINER.value(), "nothing"),
                "x".repeat(2 << 20));
    }

    @ParameterizedTest
    @MethodSource("nonsense")
    void nonsense_is_no_event_and_it_listens_again(String nonsense) {
        tells(nonsense + FakeDockerd.OPEN, killed() + died() + FakeDockerd.OPEN);

        assertThat(awaitEvents(2)).last().isInstanceOf(ContainerEvent.Died.class);
    }
}
