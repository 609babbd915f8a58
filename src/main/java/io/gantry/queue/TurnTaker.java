package io.gantry.queue;

import io.gantry.problem.ProblemException;
import io.gantry.run.Run;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happens in a turn: look for a run, whichever it is, and carry it; look again while something waits for a slot. */
public final class TurnTaker {

    private static final Logger log = LoggerFactory.getLogger(TurnTaker.class);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Claims claims;
    private final Carrier carrier;
    private final Bell bell;

    public TurnTaker(Claims claims, Carrier carrier, Bell bell) {
        this.claims = claims;
        this.carrier = carrier;
        this.bell = bell;
    }

    /** One turn. Returns when it has carried a run, when there is nothing to wait for, or when the process stops. */
    public void take() {
        while (!bell.isStopping()) {
            long rung = bell.count();
            if (!(lookAndCarry() instanceof Look.Later)) {
                return;
            }
            bell.awaitNext(rung, PAUSE);
        }
    }

    private Look lookAndCarry() {
        try {
            Look look = claims.take();
            if (look instanceof Look.Taken taken) {
                carry(taken.run());
            }
            return look;
        } catch (ProblemException storageAway) {
            log.warn("Can't look for work: {}", storageAway.getMessage());
            return new Look.Later();
        }
    }

    private void carry(Run run) {
        try {
            carrier.carry(run);
        } finally {
            claims.letGo(run);
            bell.ring();
        }
    }
}
