package io.gantry.execution;

import io.gantry.engine.PullProgress;
import io.gantry.run.ImagePull;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What the run's row says of the pull that it waits for: at once that it began, then how far it is, in the end that it ended.
 * Throws {@link Fenced} when another owner has taken over the run. Used by one thread.
 */
final class PullNote {

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Drive drive;
    private final InstantSource clock;
    private final Instant startedAt;
    private Optional<PullProgress> told = Optional.empty();
    private long toldAt; // By System.nanoTime().

    PullNote(Drive drive, InstantSource clock) {
        this.drive = drive;
        this.clock = clock;
        this.startedAt = clock.instant();
    }

    /** Written if it is news, and the last writing a second ago. */
    void goesOn(PullProgress progress) {
        long now = System.nanoTime();
        if (told.isEmpty() || (!told.get().equals(progress) && now - toldAt >= INTERVAL.toNanos())) {
            told = Optional.of(progress);
            toldAt = now;
            write(progress, Optional.empty());
        }
    }

    void ended(PullProgress progress) {
        write(progress, Optional.of(clock.instant()));
    }

    private void write(PullProgress progress, Optional<Instant> finishedAt) {
        drive.tell(new ImagePull(
                startedAt,
                finishedAt,
                progress.layers(),
                progress.layersDone(),
                progress.bytes(),
                progress.totalBytes()));
    }
}
