package io.gantry.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.dropwizard.util.Duration;
import io.gantry.engine.ContainerId;
import io.gantry.engine.ContainerPlans;
import io.gantry.engine.EngineRefused;
import io.gantry.engine.EngineUnavailable;
import io.gantry.engine.Follow;
import io.gantry.engine.ImageReference;
import io.gantry.engine.OutputFeed;
import io.gantry.engine.RecordedOutput;
import io.gantry.engine.docker.SpoilingProxy.Moment;
import io.gantry.engine.docker.SpoilingProxy.Spoiling;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every call, answered in every wrong way: it ends in time, takes no more than it can hold, leaves no connection behind, and
 * never takes for a fact what the engine hasn't said.
 */
class AnswersThatCannotBeTrustedIT {

    private static final ContainerId NOBODY = new ContainerId("ab".repeat(32));
    private static final Duration TIMEOUT = Duration.milliseconds(1500);
    private static final java.time.Duration IN_TIME = java.time.Duration.ofSeconds(10);
    private static final java.time.Duration LONG = java.time.Duration.ofSeconds(30);
    private static final long MOST_TAKEN = 8 << 20;
    private static final String UNAVAILABLE = EngineUnavailable.class.getSimpleName();
    private static final String REFUSED = EngineRefused.class.getSimpleName();

    @ParameterizedTest
    @EnumSource
    void of_each_kind_are_taken_for_none(EngineCall call) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Future<List<String>>> trials = new ArrayList<>();
            for (SpoiledAnswer answer : SpoiledAnswer.values()) {
                if (call.streams() || !answer.isOfStreams()) {
                    trials.add(threads.submit(() -> faults(call, answer)));
                }
            }
            List<String> faults = new ArrayList<>();
            for (Future<List<String>> trial : trials) {
                faults.addAll(trial.get());
            }
            assertThat(trials).hasSizeGreaterThan(20);
            assertThat(faults).isEmpty();
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<String> faults(EngineCall call, SpoiledAnswer answer) {
        List<String> faults = new ArrayList<>();
        String what = call + " " + answer + ": ";
        try (SpoilingProxy proxy = new SpoilingProxy();
                DockerEngine engine = engine(proxy)) {
            if (call != EngineCall.VERSION && call != EngineCall.INFO) {
                Awaitility.await().atMost(LONG).ignoreExceptions().until(() -> engine.identify() != null);
            }
            proxy.spoil(new Spoiling(call, answer, Moment.UNASKED), 1);
            long first = System.nanoTime();
            String result;
            // An engine that is busy may be too late for a call that comes before the spoiled one.
            do {
                long begun = System.nanoTime();
                result = result(call, engine);
                if (System.nanoTime() - begun > IN_TIME.toNanos()) {
                    faults.add(what + "took too long");
                }
            } while (proxy.left() != 0 && System.nanoTime() - first < LONG.toNanos());
            if (proxy.left() != 0) {
                faults.add(what + "never happened");
            }
            if (!permitted(call, answer).contains(result)) {
                faults.add(what + result);
            }
            if (!call.streams() && proxy.mostWritten() > MOST_TAKEN) {
                faults.add(what + "took " + proxy.mostWritten() + " bytes");
            }
            Awaitility.await()
                    .atMost(LONG)
                    .alias(what + "leaves a connection behind")
                    .until(() -> proxy.openConnections() == 0);
        }
        return faults;
    }

    private static DockerEngine engine(SpoilingProxy proxy) {
        DockerConfiguration configuration =
                new DockerConfiguration("", TIMEOUT, TIMEOUT, Duration.seconds(5), Duration.seconds(5), List.of());
        DockerHost host = new DockerHost(URI.create(proxy.host()), Optional.empty());
        return new DockerEngine(host, configuration, (call, took, answer) -> {});
    }

    private static String result(EngineCall call, DockerEngine engine) {
        try {
            return String.valueOf(ask(call, engine));
        } catch (EngineUnavailable | EngineRefused e) {
            return e.getClass().getSimpleName();
        } catch (RuntimeException e) {
            return e.toString();
        }
    }

    private static Object ask(EngineCall call, DockerEngine engine) {
        return switch (call) {
            case VERSION, INSPECT -> engine.inspect(NOBODY);
            case PING, INFO -> engine.identify();
            case FIND_IMAGE -> engine.findImage(new ImageReference("nobody/knows:this"));
            case CREATE ->
                engine.create(
                        ContainerPlans.shell("true").image("nobody/knows:this").plan());
            case ATTACH -> stateOf(engine.attach(NOBODY, new RecordedOutput()));
            case LOGS -> stateOf(engine.readLog(NOBODY, Follow.NO, new RecordedOutput()));
            case START -> engine.start(NOBODY);
            case WAIT -> {
                engine.awaitExit(NOBODY, java.time.Duration.ofMillis(700));
                yield "returned";
            }
            case EVENTS ->
                engine.eventsOf(
                        NOBODY, Instant.now().minusSeconds(2), Instant.now().minusSeconds(1));
            case KILL -> {
                engine.signal(NOBODY, "TERM");
                yield "sent";
            }
            case REMOVE -> engine.removeUnstarted(NOBODY);
            case LIST -> engine.list(Map.of("io.gantry.test", "nobody"));
        };
    }

    private static OutputFeed.State stateOf(OutputFeed feed) {
        try (feed) {
            return feed.await(java.time.Duration.ofMillis(500));
        }
    }

    /** What may come of it. */
    private static Set<String> permitted(EngineCall call, SpoiledAnswer answer) {
        if (call == EngineCall.WAIT) {
            return Set.of("returned");
        }
        if (call == EngineCall.EVENTS && answer == SpoiledAnswer.EMPTY_STREAM) {
            return Set.of("[]");
        }
        if (answer == SpoiledAnswer.ERROR_500) {
            return Set.of(REFUSED, UNAVAILABLE);
        }
        return call.streams() ? permitted(answer) : Set.of(UNAVAILABLE);
    }

    private static Set<String> permitted(SpoiledAnswer answer) {
        return switch (answer) {
            case EMPTY_STREAM, WRONG_BYTES -> Set.of("ENDED");
            case SILENT_STREAM -> Set.of("FLOWING");
            case HANG_IN_BODY -> Set.of("FLOWING");
            default -> Set.of("BROKEN", UNAVAILABLE);
        };
    }
}
