package io.gantry.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A moment in the service's life at which it can be killed: a Byteman script of the same name, which halts the process when
 * the moment has come for the n-th time.
 */
enum CrashPoint {
    BEFORE_INSERT(4),
    BEFORE_COMMIT(4),
    COMMITTED_AND_NOT_ANSWERED(4),
    BEFORE_CLAIM_COMMIT(4),
    CLAIM_COMMITTED(4),
    DURING_PULL(1),
    BEFORE_CREATE(4),
    CREATE_SENT_AND_NOT_READ(4),
    CREATED_AND_NOT_SAVED(4),
    SAVED_AND_NOT_STARTED(4),
    START_SENT_AND_NOT_READ(4),
    RUNNING_AND_NOT_SAVED(4),
    MID_LOG_CHUNK(6),
    LOG_WRITTEN_AND_NOT_COMMITTED(6),
    EXITED_AND_NOT_SEEN(3),
    EXIT_SEEN_AND_NOT_SAVED(3),
    EXIT_SEEN_AND_LOG_NOT_STORED(3),
    OUTCOME_SAVED_AND_NOT_REMOVED(3),
    REMOVED(3),
    CANCEL_SAVED_AND_NOT_TOLD(1),
    STOP_SIGNAL_SENT(1),
    DURING_DELETE(1),
    INSIDE_RECOVERY(3),
    DURING_MIGRATION(9),
    DURING_GRACEFUL_STOP(3),
    SLOT_FREED_AND_NOT_CLAIMED(3);

    private final int most;

    CrashPoint(int most) {
        this.most = most;
    }

    static Optional<CrashPoint> find(String word) {
        return Arrays.stream(values())
                .filter(point -> point.word().equals(word))
                .findFirst();
    }

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** How often the moment comes in a trial, at least. */
    int most() {
        return most;
    }

    /** The rule that kills at the n-th time. */
    String script(int nth) {
        try (InputStream script = CrashPoint.class.getResourceAsStream("/chaos/" + word() + ".btm")) {
            if (script == null) {
                throw new IllegalStateException("there is no script for " + word());
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8).replace("NTH", Integer.toString(nth));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
