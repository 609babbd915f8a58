package io.gantry.audit;

import io.gantry.database.Mark;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One changing call, as it stands in the trail.
 *
 * @param caller a name; empty where there was none, or nobody was asked
 * @param object the path of what was changed, or was to be
 * @param status of the answer
 * @param code why it was refused, if it was
 */
record AuditEntry(
        UUID id,
        Instant at,
        Optional<String> caller,
        List<String> roles,
        String address,
        String action,
        String object,
        int status,
        Optional<String> code,
        String requestId) {

    /** Its place in the trail. */
    Mark mark() {
        return new Mark(at.toString(), id);
    }
}
