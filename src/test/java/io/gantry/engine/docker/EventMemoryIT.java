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
import java.util.function.Function;
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
        dockerd.behaves(answering("", streams));
        engine.keepEvents(Map.of("io.gantry.test", "here"));
    }

    private Function<String, String> answering(String remembered, String... streams) {
        return request -> {
            if (request.equals("GET /version")) {
                return FakeDockerd.versions("1.12", "1.41");
            }
            if (request.endsWith("/info")) {
                return FakeDockerd.json(200, "{\"SystemTime\":\"" + CONNECTED + "\"}");
            }
            boolean listens = request.contains("label");
            if (!listens) {
                return STREAM + remembered;
            }
            int time = times.getAndIncrement();
            return STREAM + (time < streams.length ? streams[time] : FakeDockerd.OPEN);
        };
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
    void a_life_that_was_heard_whole_is_known_though_the_engine_has_forgotten_it() {
        tells(killed() + died() + FakeDockerd.OPEN);

        assertThat(awaitEvents(2)).last().isInstanceOf(ContainerEvent.Died.class);
        assertThat(dockerd.requests())
                .anyMatch(request -> request.contains("/events?since=1577872800.000000000&filters=")
                        && request.contains("io.gantry.test%3Dhere"));
        assertThat(engine.eventsOf(CONTAINER, STARTED.plusMillis(1500), LATER))
                .as("what came before isn't asked for")
                .singleElement()
                .isInstanceOf(ContainerEvent.Died.class);
    }

    @Test
    void a_death_alone_counts_for_nothing_if_what_led_to_it_may_have_gone_unheard() {
        tells(killed() + died() + FakeDockerd.OPEN);
        awaitEvents(2);

        Instant beforeWeListened = CONNECTED.minusSeconds(1);
        assertThat(engine.eventsOf(CONTAINER, beforeWeListened, LATER))
                .singleElement()
                .isInstanceOf(ContainerEvent.Signalled.class);
    }

    @Test
    void nor_does_a_death_after_a_break() {
        tells(killed(), died() + FakeDockerd.OPEN);

        awaitListening(2);
        assertThat(awaitEvents(1)).first().isInstanceOf(ContainerEvent.Signalled.class);
    }

    @Test
    void a_life_heard_whole_before_a_break_stays_so() {
        tells(killed() + died(), FakeDockerd.OPEN);

        awaitListening(2);
        assertThat(engine.eventsOf(CONTAINER, STARTED, LATER)).hasSize(2);
    }

    @Test
    void what_the_engine_remembers_is_put_in_its_place() {
        String remembered = event("oom", STARTED.plusMillis(1000), "") + died();
        dockerd.behaves(answering(remembered, died() + FakeDockerd.OPEN));
        engine.keepEvents(Map.of("io.gantry.test", "here"));

        awaitListening(1);
        assertThat(engine.eventsOf(CONTAINER, STARTED, LATER))
                .hasSize(2)
                .first()
                .isInstanceOf(ContainerEvent.OutOfMemory.class);
    }

    @Test
    void of_very_many_signals_those_that_matter_are_kept() {
        StringBuilder stream = new StringBuilder();
        for (int i = 0; i < 5000; i++) {
            stream.append(event("kill", STARTED, "\"signal\":\"10\""));
        }
        stream.append(event("oom", STARTED.plusSeconds(1), ""))
                .append(event("kill", STARTED.plusSeconds(1), "\"signal\":\"9\""));
        for (int i = 0; i < 5000; i++) {
            stream.append(died());
        }
        tells(stream + FakeDockerd.OPEN);

        List<ContainerEvent> events = awaitEvents(103);
        assertThat(events).last().isInstanceOf(ContainerEvent.Died.class);
        assertThat(events)
                .hasAtLeastOneElementOfType(ContainerEvent.OutOfMemory.class)
                .contains(new ContainerEvent.Signalled(STARTED.plusSeconds(1), "KILL"));
    }

    @Test
    void a_signal_that_a_label_has_renamed_has_no_name_and_no_length() {
        tells(event("kill", STARTED, "\"signal\":\"" + "x".repeat(100_000) + "\"") + FakeDockerd.OPEN);

        assertThat(awaitEvents(1)).containsExactly(new ContainerEvent.Signalled(STARTED, "?"));
    }

    @Test
    void of_a_thousand_others_only_those_that_are_over_are_forgotten() {
        StringBuilder stream = new StringBuilder(killed());
        for (int i = 0; i < 1500; i++) {
            String other = "%064x".formatted(i);
            stream.append(died().replace(CONTAINER.value(), other));
        }
        tells(stream.append(died()) + FakeDockerd.OPEN);

        assertThat(awaitEvents(2)).first().isInstanceOf(ContainerEvent.Signalled.class);
    }

    @Test
    void one_that_had_to_be_forgotten_is_never_whole_again() {
        StringBuilder stream = new StringBuilder(killed());
        for (int i = 0; i < 1500; i++) {
            stream.append(killed().replace(CONTAINER.value(), "%064x".formatted(i)));
        }
        tells(stream.append(died()) + FakeDockerd.OPEN, FakeDockerd.OPEN);

        ContainerId last = new ContainerId("%064x".formatted(1499));
        await().atMost(java.time.Duration.ofSeconds(20))
                .until(() -> engine.eventsOf(last, STARTED, LATER).size() == 1);
        assertThat(engine.eventsOf(CONTAINER, STARTED, LATER)).isEmpty();
    }

    static List<String> nonsense() {
        return List.of(
                "garbage\n",
                "{}\n",
                "[]\n",
                "\n",
                "null\n",
                event("die", STARTED, "").replace(CONTAINER.value(), "nothing"),
                "x".repeat(5 << 20));
    }

    @ParameterizedTest
    @MethodSource("nonsense")
    void nonsense_is_no_event_and_it_listens_again(String nonsense) {
        tells(nonsense + FakeDockerd.OPEN, killed() + died() + FakeDockerd.OPEN);

        assertThat(awaitEvents(2)).last().isInstanceOf(ContainerEvent.Died.class);
    }
}
