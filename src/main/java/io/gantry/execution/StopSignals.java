package io.gantry.execution;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** Which signal is due to a container that is to end: TERM at once, KILL after the grace period, and KILL again now and then. */
final class StopSignals {

    private static final long REPEAT = Duration.ofSeconds(10).toNanos();

    private final long grace;
    private boolean termSent;
    private OptionalLong killedAt = OptionalLong.empty();
    private OptionalLong killBy = OptionalLong.empty();
    private long nextKill;

    StopSignals(Duration grace) {
        this.grace = grace.toNanos();
    }

    /** TERM reached the container so long ago, before we came: what is due goes on from there. */
    void termCame(Duration ago, long nanoTime) {
        termSent = true;
        nextKill = nanoTime - ago.toNanos() + grace;
    }

    /** TERM went out so long ago at most, before we came, and may have got lost: it is due again, but KILL no later for it. */
    void termWentOut(Duration ago, long nanoTime) {
        killBy = OptionalLong.of(nanoTime - ago.toNanos() + grace);
    }

    /** Asked again and again once the end was requested; gives each signal once when its time has come. */
    Optional<String> due(long nanoTime) {
        if (!termSent) {
            termSent = true;
            long wait = killBy.isPresent() ? Math.min(grace, killBy.getAsLong() - nanoTime) : grace;
            nextKill = nanoTime + wait;
            return Optional.of("TERM");
        }
        if (nanoTime - nextKill >= 0) {
            nextKill = nanoTime + REPEAT;
            killedAt = killedAt.isPresent() ? killedAt : OptionalLong.of(nanoTime);
            return Optional.of("KILL");
        }
        return Optional.empty();
    }

    /** How long ago the first KILL was due. */
    Optional<Duration> sinceKill(long nanoTime) {
        return killedAt.isPresent() ? Optional.of(Duration.ofNanos(nanoTime - killedAt.getAsLong())) : Optional.empty();
    }
}
