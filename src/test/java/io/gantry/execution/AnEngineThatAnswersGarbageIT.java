package io.gantry.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.database.TestDatabase;
import io.gantry.engine.docker.EngineCall;
import io.gantry.engine.docker.SpoiledAnswer;
import io.gantry.engine.docker.SpoilingProxy.Moment;
import io.gantry.engine.docker.SpoilingProxy.Spoiling;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever comes instead of an engine's answer, a run is started at most once, ends as its container did, and has a log
 * that is whole or says that it isn't. With {@code -Dgantry.spoil=all} in all ways, which takes some minutes.
 */
class AnEngineThatAnswersGarbageIT {

    private static final boolean ALL = "all".equals(System.getProperty("gantry.spoil"));
    private static final Set<SpoiledAnswer> SOME = EnumSet.of(SpoiledAnswer.NOT_FOUND);

    @RegisterExtension
    static final TestDatabase db = TestDatabase.migrated();

    @BeforeEach
    void empty() {
        db.empty();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "LIST")
    void is_not_believed_when_asked_to(EngineCall call) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(Life.SLOTS);
        try {
            List<Future<List<String>>> trials = new ArrayList<>();
            for (Spoiling spoiling : spoilings(call)) {
                trials.add(threads.submit(new SpoiledTrial(db.database(), spoiling)));
            }
            List<String> faults = new ArrayList<>();
            for (Future<List<String>> trial : trials) {
                faults.addAll(trial.get());
            }
            assertThat(faults).isEmpty();
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<Spoiling> spoilings(EngineCall call) {
        List<Spoiling> spoilings = new ArrayList<>();
        for (SpoiledAnswer answer : SpoiledAnswer.values()) {
            if (isMeant(call, answer)) {
                spoilings.add(new Spoiling(call, answer, Moment.UNASKED));
                if (call.changes()) {
                    spoilings.add(new Spoiling(call, answer, Moment.SERVED));
                }
            }
        }
        return spoilings;
    }

    private static boolean isMeant(EngineCall call, SpoiledAnswer answer) {
        boolean asked =
                answer.isOfStreams() ? call.streams() : ALL || SOME.contains(answer) || isHangThatMatters(call, answer);
        return asked && !isAmnesia(call, answer);
    }

    /** An engine that has forgotten says that there was nothing, and is rightly believed: the run is lost, or its log incomplete. */
    private static boolean isAmnesia(EngineCall call, SpoiledAnswer answer) {
        return answer == SpoiledAnswer.EMPTY_STREAM && (call == EngineCall.EVENTS || call == EngineCall.LOGS);
    }

    private static boolean isHangThatMatters(EngineCall call, SpoiledAnswer answer) {
        return answer == SpoiledAnswer.HANG && (call == EngineCall.START || call == EngineCall.INSPECT);
    }
}
