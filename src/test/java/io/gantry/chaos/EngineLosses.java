package io.gantry.chaos;

import io.gantry.chaos.observer.EngineOutage.Effect;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** The ways in which the container engine is taken away in a trial. */
final class EngineLosses {

    private EngineLosses() {}

    /** What happens to it. */
    enum Way {
        KILLED,
        STOPPED,
        PAUSED,
        /** After the service has stored that it will ask for a start, and before the engine has started anything. */
        PAUSED_MID_START;

        boolean isPause() {
            return this == PAUSED || this == PAUSED_MID_START;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** It is away for a while, and comes back. */
    record Away(OwnEngine engine, OwnEngine.LiveRestore liveRestore, Way way, Duration span) implements Fault {

        /** More than can be written between a look and what follows from it. */
        private static final int LINES = 100_000;

        /** Such as a success looks: what an engine ends that shuts down must not be taken for one. */
        private static final int SEEMING_SUCCESS = 0;

        /** How long something that the engine said may be on its way. */
        private static final Duration ECHO = Duration.ofMillis(500);

        @Override
        public String name() {
            return "dockerd %s, live-restore %s".formatted(way, liveRestore).toLowerCase(Locale.ROOT);
        }

        @Override
        public int lines() {
            return LINES;
        }

        @Override
        public int onTerm() {
            return SEEMING_SUCCESS;
        }

        @Override
        public void strike(Scene scene, Lookout lookout) throws Exception {
            if (way == Way.PAUSED_MID_START) {
                strikeMidStart(scene, lookout);
            } else {
                lookout.awaitFiniteUnderway();
                Instant from = Instant.now();
                takeAway();
                sitOut(scene, from);
            }
        }

        /** A start that the engine has told of by then is let go, and the next one waited for. */
        private void strikeMidStart(Scene scene, Lookout lookout) throws Exception {
            while (true) {
                UUID run = lookout.awaitIntent();
                Instant from = Instant.now();
                engine.pause();
                TimeUnit.NANOSECONDS.sleep(ECHO.toNanos());
                if (!lookout.isStartTold(run)) {
                    sitOut(scene, from);
                    return;
                }
                Instant back = Instant.now();
                engine.resume();
                scene.awaitEngine(effect(), from, back);
            }
        }

        private void sitOut(Scene scene, Instant from) throws Exception {
            TimeUnit.NANOSECONDS.sleep(span.toNanos());
            Instant back = Instant.now();
            giveBack();
            scene.awaitEngine(effect(), from, back);
        }

        private Effect effect() {
            if (way.isPause()) {
                return Effect.STOOD_STILL;
            }
            return liveRestore == OwnEngine.LiveRestore.ON ? Effect.LEFT_CONTAINERS : Effect.ENDED_CONTAINERS;
        }

        private void takeAway() throws Exception {
            switch (way) {
                case KILLED -> engine.kill();
                case STOPPED -> engine.stop();
                case PAUSED, PAUSED_MID_START -> engine.pause();
            }
        }

        private void giveBack() throws Exception {
            if (way.isPause()) {
                engine.resume();
            } else {
                engine.start();
            }
        }
    }
}
