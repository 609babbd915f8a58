package io.gantry.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** The ways in which the container engine is taken away in a trial. */
final class EngineLosses {

    private EngineLosses() {}

    /** What happens to it. */
    enum Way {
        KILLED,
        STOPPED,
        PAUSED
    }

    /** It is away for a while, and comes back. */
    record Away(OwnEngine engine, OwnEngine.LiveRestore liveRestore, Way way, Duration span) implements Fault {

        @Override
        public String name() {
            return "dockerd %s, live-restore %s".formatted(way, liveRestore).toLowerCase(Locale.ROOT);
        }

        @Override
        public void strike(Scene scene, Lookout lookout) throws Exception {
            lookout.awaitUnderway();
            Instant from = Instant.now();
            takeAway();
            TimeUnit.NANOSECONDS.sleep(span.toNanos());
            Instant back = Instant.now();
            giveBack();
            scene.awaitEngine(from, back);
        }

        private void takeAway() throws Exception {
            switch (way) {
                case KILLED -> engine.kill();
                case STOPPED -> engine.stop();
                case PAUSED -> engine.pause();
            }
        }

        private void giveBack() throws Exception {
            if (way == Way.PAUSED) {
                engine.resume();
            } else {
                engine.start();
            }
        }
    }
}
