package io.gantry.chaos;

import io.gantry.chaos.observer.Outage;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** The ways in which the database is taken away in a trial. */
final class Absences {

    /** More than a service keeps in memory, and less than an engine's log holds. */
    private static final int TORRENT_LINES = 600_000;

    private Absences() {}

    /** It stops, stays away for a while, and is started again. */
    record Stopped(Postgres.Stop how, Duration down) implements Fault {

        @Override
        public String name() {
            return "postgres " + how.name().toLowerCase(Locale.ROOT) + " stop, 1-60 s";
        }

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

    /** What a full disk has no room for. */
    enum Missing {
        /** The next page of a table: what wants it fails. */
        PAGE,
        /** The next segment of the write-ahead log: the server crashes, and doesn't come up while there is no room. */
        SEGMENT
    }

    /** Its disk is full for a while. */
    record DiskFull(SmallDisk disk, Missing missing, Duration span) implements Fault {

        private static final Duration LOOK = Duration.ofMillis(200);
        private static final String NOTICED = "The database can't be used";

        @Override
        public String name() {
            return "disk full, no " + missing.name().toLowerCase(Locale.ROOT);
        }

        @Override
        public int lines() {
            return TORRENT_LINES;
        }

        @Override
        public void strike(Scene scene, Lookout lookout) throws Exception {
            lookout.awaitTorrent();
            int said = scene.service().output().length();
            Instant from = Instant.now();
            try {
                keepFull(scene.postgres(), System.nanoTime() + span.toNanos());
            } finally {
                disk.clear();
            }
            Instant back = Instant.now();
            scene.postgres().awaitAnswer();
            scene.awaitReturn(from, back);
            if (scene.service().output().indexOf(NOTICED, said) < 0) {
                throw new IllegalStateException("the full disk was never noticed");
            }
        }

        private void keepFull(Postgres postgres, long end) throws Exception {
            while (System.nanoTime() < end) {
                disk.fill();
                if (missing == Missing.SEGMENT) {
                    postgres.endSegment();
                }
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
        public void strike(Scene scene, Lookout lookout) throws Exception {
            lookout.awaitUnderway();
            pause(scene, span);
        }
    }

    /** The same, while a container pours out its output and ends. */
    record PausedInTorrent(Duration span) implements Fault {

        @Override
        public String name() {
            return "postgres paused " + span.toSeconds() + " s, torrent";
        }

        @Override
        public int lines() {
            return TORRENT_LINES;
        }

        @Override
        public void strike(Scene scene, Lookout lookout) throws Exception {
            UUID run = lookout.awaitTorrent();
            Outage pause = pause(scene, span);
            if (lookout.findEnd(run).filter(at -> pause.touches(at, at)).isEmpty()) {
                throw new IllegalStateException("the torrent didn't end while the database was paused");
            }
        }
    }

    /** The time during which it stood still. */
    private static Outage pause(Scene scene, Duration span) throws Exception {
        Instant from = Instant.now();
        scene.postgres().pause();
        Instant still = Instant.now();
        try {
            TimeUnit.NANOSECONDS.sleep(span.toNanos());
        } finally {
            scene.postgres().resume();
        }
        Outage pause = new Outage(still, Instant.now());
        scene.awaitReturn(from, pause.to());
        return pause;
    }
}
