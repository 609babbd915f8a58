package io.gantry.logs;

import java.time.Instant;
import java.util.Optional;

/**
 * Which part of a log is asked for, in the words of {@code docker logs}.
 *
 * @param stream one stream only; without it both, and our own marks
 * @param tail so many lines from the end of what else is selected
 * @param since lines that began to arrive at this time or later
 * @param until lines that began to arrive before this time
 * @param timestamps each line preceded by the time at which it began to arrive
 */
record LogQuery(
        Optional<LogStream> stream,
        Optional<Long> tail,
        Optional<Instant> since,
        Optional<Instant> until,
        boolean timestamps) {

    static final LogQuery EVERYTHING =
            new LogQuery(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false);
}
