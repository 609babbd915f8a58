package io.gantry.execution;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which signal is due to a container that is to end: TERM at once, KILL after the grace period, and KILL again now and then.
 * A TERM that got lost, as while the engine was away, is sent again, and the grace period begins when one gets through.
 */
final class StopSignals {

    static final String TERM = "TERM";
    static final String KILL = "KILL";

    private static final long TERM_AGAIN = Duration.ofSeconds(1).toNanos();
    private static final long KILL_AGAIN = Duration.ofSeconds(10).toNanos();

    private final long grace;
    /** One of them got through; what may still have to be sent is KILL. */
    private boolean signalled;

    private OptionalLong killBy = OptionalLong.empty();
    private OptionalLong nextTerm = OptionalLong.empty();
    private OptionalLong nextKill = OptionalLong.empty();
    private OptionalLong killedAt = OptionalLong.empty();

    StopSignals(Duration grace) {
        this.grace = grace.toNanos();
    }

    /** TERM reached the container so long ago, before we came: what is due goes on from there. */
    void termCame(Duration ago, long nanoTime) {
        signalled = true;
        nextKill = OptionalLong.of(nanoTime - ago.toNanos() + grace);
    }

    /** TERM went out so long ago at most, before we came, and may have got lost: it is due again, but KILL no later for it. */
    void termWentOut(Duration ago, long nanoTime) {
        killBy = OptionalLong.of(nanoTime - ago.toNanos() + grace);
    }

    /** What is to be sent now; then {@link #sent} or {@link #lost} is called. */
    Optional<String> due(long nanoTime) {
        if (!signalled && isOver(nextTerm.orElse(nanoTime), nanoTime)) {
            return Optional.of(TERM);
        }
        return nextKill.isPresent() && isOver(nextKill.getAsLong(), nanoTime) ? Optional.of(KILL) : Optional.empty();
    }

    /** The engine has taken it, or has nobody to give it to. */
    void sent(String signal, long nanoTime) {
        signalled = true;
        if (signal.equals(TERM)) {
            nextKill = OptionalLong.of(nanoTime + graceLeft(nanoTime));
            killedAt = OptionalLong.empty();
        } else {
            killed(nanoTime);
        }
    }

    /** It may not have arrived. However often TERM gets lost, KILL is due a grace period after the first one. */
    void lost(String signal, long nanoTime) {
        if (signal.equals(TERM)) {
            nextTerm = OptionalLong.of(nanoTime + TERM_AGAIN);
            nextKill = nextKill.isPresent() ? nextKill : OptionalLong.of(nanoTime + graceLeft(nanoTime));
        } else {
            killed(nanoTime);
        }
    }

    private void killed(long nanoTime) {
        nextKill = OptionalLong.of(nanoTime + KILL_AGAIN);
        killedAt = killedAt.isPresent() ? killedAt : OptionalLong.of(nanoTime);
    }

    private long graceLeft(long nanoTime) {
        long left = killBy.isPresent() ? Math.min(grace, killBy.getAsLong() - nanoTime) : grace;
        killBy = OptionalLong.empty();
        return left;
    }

    private static boolean isOver(long time, long nanoTime) {
        return nanoTime - time >= 0;
    }

    /** How long ago the first KILL was due. */
    Optional<Duration> sinceKill(long nanoTime) {
        return killedAt.isPresent() ? Optional.of(Duration.ofNanos(nanoTime - killedAt.getAsLong())) : Optional.empty();
    }
}
