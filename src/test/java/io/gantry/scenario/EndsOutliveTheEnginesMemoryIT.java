package io.gantry.scenario;

import static io.gantry.scenario.GantrySettings.aGantry;
import static io.gantry.scenario.ScenarioAssertions.assertThat;
import static io.gantry.scenario.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gantry.database.TestDatabase;
import io.gantry.scenario.Link.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An engine remembers 256 events. Runs end while the database is away, and more than that happens before it is back. */
final class EndsOutliveTheEnginesMemoryIT {

    private static final int MORE_THAN_IT_REMEMBERS = 300;

    @RegisterExtension
    static final TestDatabase db = TestDatabase.migrated();

    @RegisterExtension
    static final PrivateDockerd engine = PrivateDockerd.started();

    private final Link link = Link.to(db);

    @RegisterExtension
    final GantryProcess gantry = GantryProcess.with(aGantry().database(db, link).engine(engine));

    @AfterEach
    void close() {
        link.set(State.UP);
        gantry.stop();
        link.close();
    }

    @Test
    void their_true_reasons_are_stored_all_the_same() {
        GantryClient client = gantry.start().client();
        String ended = client.create(aTask().command("echo begun; sleep 2; exit 6"));
        String killed = client.create(aTask().command("echo begun; sleep 600"));
        client.awaitStart(ended);
        String container = client.awaitStart(killed).attribute("containerId").asText();

        link.set(State.SILENT);
        engine.in("kill", container);
        await().atMost(Duration.ofSeconds(30)).until(() -> engine.ids().isEmpty());
        somethingElseHappens();
        assertThat(rememberedEnds()).isEmpty();
        link.set(State.UP);

        assertThat(client.awaitEnd(ended))
                .hasAttribute("status", "failed")
                .hasAttribute("failure.code", "exit-code")
                .hasAttribute("exitCode", 6);
        Answer run = client.awaitEnd(killed);
        assertThat(run).hasAttribute("failure.code", "container-lost");
        assertThat(run.attribute("failure.detail").asText()).contains("sent it SIGKILL");
    }

    private static void somethingElseHappens() {
        String other = engine.in("run", "--detach", "--network=none", "busybox", "sleep", "600");
        List<String> signals = Collections.nCopies(MORE_THAN_IT_REMEMBERS, other);
        engine.in(Stream.concat(Stream.of("kill", "--signal=CONT"), signals.stream())
                .toArray(String[]::new));
    }

    private static String rememberedEnds() {
        return engine.in("events", "--since=0", "--until=" + Instant.now(), "--filter=event=die");
    }
}
