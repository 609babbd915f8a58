package io.gantry.chaos.invariant;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.chaos.observer.Bytes;
import io.gantry.chaos.observer.Census;
import io.gantry.chaos.observer.Census.Inhabitant;
import io.gantry.chaos.observer.EngineEvent;
import io.gantry.chaos.observer.EngineOutage;
import io.gantry.chaos.observer.EngineOutage.Effect;
import io.gantry.chaos.observer.Exchange;
import io.gantry.chaos.observer.Exchange.Answer;
import io.gantry.chaos.observer.Exchange.Request;
import io.gantry.chaos.observer.History;
import io.gantry.chaos.observer.Outage;
import io.gantry.chaos.observer.RunRow;
import io.gantry.chaos.observer.Sample;
import io.gantry.chaos.observer.StoredLog;
import io.gantry.chaos.observer.StoredLog.Chunk;
import io.gantry.chaos.observer.Truth;
import io.gantry.chaos.observer.Vitals;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** A history made by hand: {@link #good()} is one without any breach, to be doctored. */
final class Story {

    static final String STRANGER = "stranger";
    static final Truth ECHO = new Truth(Truth.Kind.ECHO, 1, 3, 0, 0);
    static final String OUTPUT = "S 1 7922\n";

    private final List<Exchange> exchanges = new ArrayList<>();
    private final List<Sample> samples = new ArrayList<>();
    private final List<EngineEvent> events = new ArrayList<>();
    private final List<Census> censuses = new ArrayList<>();
    private final Map<UUID, StoredLog> logs = new LinkedHashMap<>();
    private final Map<UUID, Truth> truths = new LinkedHashMap<>();
    private final List<Outage> outages = new ArrayList<>();
    private final List<EngineOutage> engineOutages = new ArrayList<>();
    private Vitals end = new Vitals(40, 100, 10, 40);
    private int seconds;

    /** Two tasks are accepted, run one after the other, and leave nothing but their rows and logs. */
    static Story good() {
        Story story = new Story();
        story.look().sees();
        for (int n = 1; n <= 2; n++) {
            story.accepted(n).truth(n, ECHO);
        }
        return story.sees(Row.queued(1), Row.queued(2))
                .sees(Row.running(1), Row.queued(2))
                .event("start", 1)
                .look(running(1))
                .event("die", 1, "exitCode", "0")
                .sees(Row.ended(1, "succeeded", 0), Row.running(2))
                .look()
                .event("start", 2)
                .look(running(2))
                .event("die", 2, "exitCode", "0")
                .sees(Row.ended(1, "succeeded", 0), Row.ended(2, "succeeded", 0))
                .look()
                .log(1, OUTPUT)
                .log(2, OUTPUT);
    }

    static UUID task(int n) {
        return new UUID(1, n);
    }

    static UUID run(int n) {
        return new UUID(2, n);
    }

    static Inhabitant running(int n) {
        return new Inhabitant("container-" + n, "running", labels(n));
    }

    private static Map<String, String> labels(int n) {
        return Map.of(EngineEvent.RUN, run(n).toString());
    }

    Instant now() {
        return Instant.parse("2026-01-01T00:00:00Z").plusSeconds(seconds++);
    }

    Story passes(int more) {
        seconds += more;
        return this;
    }

    Story accepted(int n) {
        return exchange("POST", "/tasks", n, 201);
    }

    Story exchange(String method, String target, int n, int status) {
        return exchange(method, target, n, status, Optional.empty(), "");
    }

    /** Status 0 is no answer. */
    Story exchange(String method, String target, int n, int status, Optional<String> key, String body) {
        Request request = new Request(method, target, Optional.of(task(n)), key, "");
        Optional<String> location = Optional.of("http://127.0.0.1:1/tasks/" + task(n));
        Optional<Answer> answer = status == 0
                ? Optional.empty()
                : Optional.of(new Answer(status, Optional.empty(), location, Optional.empty(), Bytes.of(body)));
        exchanges.add(new Exchange(request, now(), now(), answer));
        return this;
    }

    Story exchange(Exchange exchange) {
        exchanges.add(exchange);
        return this;
    }

    Story truth(int n, Truth truth) {
        truths.put(task(n), truth);
        return this;
    }

    /** The tables with these rows and their tasks. */
    Story sees(RunRow... rows) {
        return counts(rows.length, rows);
    }

    Story counts(int counted, RunRow... rows) {
        samples.add(new Sample(
                now(), counted, Arrays.stream(rows).map(RunRow::task).collect(Collectors.toSet()), List.of(rows)));
        return this;
    }

    /** A list of containers: these, and the stranger. */
    Story look(Inhabitant... inhabitants) {
        List<Inhabitant> all = new ArrayList<>(List.of(inhabitants));
        all.add(new Inhabitant(STRANGER, "created", Map.of()));
        return lookOnly(all);
    }

    Story lookOnly(List<Inhabitant> inhabitants) {
        censuses.add(new Census(now(), inhabitants));
        return this;
    }

    Story event(String action, int n, String... attributes) {
        Map<String, String> all = new LinkedHashMap<>(labels(n));
        for (int i = 0; i < attributes.length; i += 2) {
            all.put(attributes[i], attributes[i + 1]);
        }
        return event(action, "container-" + n, all);
    }

    Story event(String action, String container, Map<String, String> attributes) {
        events.add(new EngineEvent(now(), action, container, attributes));
        return this;
    }

    Story log(int n, String output) {
        return log(n, List.of(new Chunk(1, StoredLog.STDOUT, 0, 0, Bytes.of(output))), output);
    }

    Story log(int n, List<Chunk> chunks, String served) {
        logs.put(run(n), new StoredLog(chunks, Bytes.of(served)));
        return this;
    }

    Story outage(Instant from, Instant to) {
        outages.add(new Outage(from, to));
        return this;
    }

    Story engineOutage(Instant from, Instant to, Effect effect) {
        engineOutages.add(new EngineOutage(new Outage(from, to), effect));
        return this;
    }

    Story endsWith(Vitals vitals) {
        end = vitals;
        return this;
    }

    /** The invariant must turn red, with nothing but breaches of this kind; nothing else proves that it looks. */
    void assertBroken(Invariant invariant, String breach) {
        assertThat(invariant.breaches(told()))
                .isNotEmpty()
                .allSatisfy(text -> assertThat(text).contains(breach));
    }

    History told() {
        return new History(
                new History.Limits(1, 2),
                exchanges,
                samples,
                events,
                censuses,
                logs,
                truths,
                outages,
                engineOutages,
                List.of(STRANGER),
                new Vitals(40, 100, 10, 40),
                end);
    }
}
