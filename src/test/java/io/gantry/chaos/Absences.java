package io.gantry.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** The ways in which the database is taken away in a trial. */
final class Absences {

    private Absences() {}

    /** It stops, stays away for a while, and is started again. */
    record Stopped(Postgres.Stop how, Duration down) implements Fault {

        @Override
        public String name() {
            return "postgres " + how.name().toLowerCase(Locale.ROOT) + " stop, 1-60 s";
        }

        @Override
        public void prepare(Scene scene) {}

        @Override
        public void strike(Scene scene, Lookout lookout) throws Exception {
            lookout.awaitUnderway();
            Instant from = Instant.now();
            scene.postgres().stop(how);
            TimeUnit.NANOSECONDS.sleep(down.toNanos());
            Instant back = Instant.now();
            scene.postgres().start();
            scene.awaitReturn(from, back);
        }
    }

    /**
     * Its disk is full, so that it can't write, may crash and may not come up; and then there is room again.
     *
     * @param room how many bytes are left to it at first
     */
    record DiskFull(SmallDisk disk, long room, Duration span) implements Fault {

        private static final Duration LOOK = Duration.ofMillis(200);

        @Override
        public String name() {
            return "disk of postgres full, 10-40 s";
        }

        @Override
        public int lines() {
            return 600_000;
        }

        @Override
        public void prepare(Scene scene) {}

        @Override
        public void strike(Scene scene, Lookout lookout) throws Exception {
            lookout.awaitTorrent();
            Instant from = Instant.now();
            try {
                keepFull(System.nanoTime() + span.toNanos());
            } finally {
                disk.clear();
            }
            Instant back = Instant.now();
            scene.postgres().awaitAnswer();
            scene.awaitReturn(from, back);
        }

        private void keepFull(long end) throws Exception {
            while (System.nanoTime() < end) {
                disk.fill(room);
                TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
            }
        }
    }

    /** It doesn't answer for a while, and then goes on as if nothing had been. */
    record Paused(Duration span) implements Fault {

        @Override
        public String name() {
            return "postgres paused " + span.toSeconds() + " s";
        }

        @Override
        public void prepare(Scene scene) {}

        @Override
        public void strike(Scene scene, Lookout lookout) throws Exception {
            lookout.awaitUnderway();
            Instant from = Instant.now();
            scene.postgres().pause();
            try {
                TimeUnit.NANOSECONDS.sleep(span.toNanos());
            } finally {
                scene.postgres().resume();
            }
            scene.awaitReturn(from, Instant.now());
        }
    }
}
