package io.gantry.run;

import java.time.Instant;
import java.util.Optional;

/**
 * What came of a request to end a run, in the words of the API.
 *
 * @param confirmedAt when it was seen to be over, or its retry was withdrawn; absent while it isn't, and when nobody knows
 */
record CancellationMember(
        String requestedBy,
        Instant requestedAt,
        Optional<String> signal,
        boolean killed,
        Optional<Instant> confirmedAt) {

    static Optional<CancellationMember> of(Run run) {
        return run.stopRequest()
                .map(stop -> new CancellationMember(
                        stop.by(), stop.at(), stop.signal().map("SIG"::concat), stop.killed(), confirmedAt(run)));
    }

    private static Optional<Instant> confirmedAt(Run run) {
        boolean lost = run.failure()
                .filter(failure -> failure.code() == FailureCode.CONTAINER_LOST)
                .isPresent();
        if (lost) {
            return Optional.empty();
        }
        return run.isRetryWithdrawn() ? run.stopRequestedAt() : run.finishedAt();
    }
}
