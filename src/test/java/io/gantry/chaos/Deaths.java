package io.gantry.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** The ways in which the service dies in a trial. */
final class Deaths {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private Deaths() {}

    /** The moment never came, so the trial shows nothing. */
    static final class PointNotReached extends RuntimeException {
        PointNotReached(CrashPoint point) {
            super(point.word() + " was never reached");
        }
    }

    static Fault at(CrashPoint point, long seed) {
        int nth = 1 + (int) Math.floorMod(seed, (long) point.most());
        return switch (point) {
            case INSIDE_RECOVERY -> new InRecovery(nth, 1 + (int) Math.floorMod(seed / 3, (long) point.most()));
            case DURING_MIGRATION -> new InMigration(nth);
            case DURING_GRACEFUL_STOP -> new WhileStopping(nth);
            default -> new AtWork(point, nth);
        };
    }

    private static void awaitDeath(Service service, CrashPoint point) throws InterruptedException {
        if (!service.awaitDeath(PATIENCE) || !service.diedAt(point)) {
            throw new PointNotReached(point);
        }
    }

    /** At the n-th time that the running service comes to a point. */
    record AtWork(CrashPoint point, int nth) implements Fault {

        @Override
        public String name() {
            return point.word();
        }

        @Override
        public boolean wantsPull() {
            return point == CrashPoint.DURING_PULL;
        }

        @Override
        public void prepare(Scene scene) throws Exception {
            scene.service().arm(point.script(nth));
        }

        @Override
        public void strike(Scene scene, Lookout lookout) throws Exception {
            awaitDeath(scene.service(), point);
            scene.startService(Optional.empty()).awaitReady();
        }
    }

    /** While a run is under way, then inside the recovery, and then inside the recovery after that. */
    record InRecovery(int first, int second) implements Fault {

        @Override
        public String name() {
            return CrashPoint.INSIDE_RECOVERY.word();
        }

        @Override
        public void strike(Scene scene, Lookout lookout) throws Exception {
            lookout.awaitUnderway();
            scene.service().kill();
            for (int nth : new int[] {first, second}) {
                awaitDeath(
                        scene.startService(Optional.of(CrashPoint.INSIDE_RECOVERY.script(nth))),
                        CrashPoint.INSIDE_RECOVERY);
            }
            scene.startService(Optional.empty()).awaitReady();
        }
    }

    /** While the schema is made. */
    record InMigration(int nth) implements Fault {

        @Override
        public String name() {
            return CrashPoint.DURING_MIGRATION.word();
        }

        @Override
        public void prepare(Scene scene) throws Exception {
            scene.service().kill();
            scene.postgres().empty();
            Program.Call call = scene.startMigration(Optional.of(CrashPoint.DURING_MIGRATION.script(nth)));
            boolean ended = call.process().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (!ended || call.process().exitValue() == 0) {
                throw new PointNotReached(CrashPoint.DURING_MIGRATION);
            }
            scene.migrate();
            scene.startService(Optional.empty()).awaitReady();
        }

        @Override
        public void strike(Scene scene, Lookout lookout) {}
    }

    /** While it does what SIGTERM asks for. */
    record WhileStopping(int nth) implements Fault {

        @Override
        public String name() {
            return CrashPoint.DURING_GRACEFUL_STOP.word();
        }

        @Override
        public void prepare(Scene scene) throws Exception {
            scene.service().arm(CrashPoint.DURING_GRACEFUL_STOP.script(nth));
        }

        @Override
        public void strike(Scene scene, Lookout lookout) throws Exception {
            lookout.awaitUnderway();
            Instant from = Instant.now();
            scene.service().terminate();
            awaitDeath(scene.service(), CrashPoint.DURING_GRACEFUL_STOP);
            scene.noteStop(from);
            scene.startService(Optional.empty()).awaitReady();
        }
    }

    /** Stopped in the middle of its work, for so long that another node takes over, and let go again beside that one. */
    record Outlived(Duration pause) implements Fault {

        @Override
        public String name() {
            return "paused and replaced";
        }

        @Override
        public void strike(Scene scene, Lookout lookout) throws Exception {
            lookout.awaitUnderway();
            Service paused = scene.service();
            paused.pause();
            Map<UUID, Long> left = lookout.running();
            TimeUnit.NANOSECONDS.sleep(pause.toNanos());
            scene.startAnotherNode().awaitReady();
            lookout.awaitTakenOver(left);
            paused.resume();
            TimeUnit.SECONDS.sleep(3);
            paused.stop();
        }
    }

    /** At a moment of the client's work, and perhaps again at a moment of the start after that. */
    record AtRandom(Duration after, Optional<Duration> again) implements Fault {

        @Override
        public String name() {
            return "random kill";
        }

        @Override
        public void strike(Scene scene, Lookout lookout) throws Exception {
            TimeUnit.NANOSECONDS.sleep(after.toNanos());
            scene.service().kill();
            if (again.isPresent()) {
                Service shortLived = scene.startService(Optional.empty());
                TimeUnit.NANOSECONDS.sleep(again.get().toNanos());
                shortLived.kill();
            }
            scene.startService(Optional.empty()).awaitReady();
        }
    }
}
