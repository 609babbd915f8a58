package io.gantry.task;

import java.time.Duration;
import java.util.Optional;

/**
 * How long runs may take and wait, as the operator decides.
 *
 * @param usual how long a run may take whose task doesn't say
 * @param longest the ceiling of what a task may say
 * @param usualGrace between SIGTERM and SIGKILL for a task that doesn't say
 * @param longestGrace the ceiling of what a task may say of that
 * @param usualWait how long a run may wait in the queue whose task doesn't say; absent is for ever
 * @param longestWait the ceiling of what a task may say of that
 */
public record TimeLimits(
        Duration usual,
        Duration longest,
        Duration usualGrace,
        Duration longestGrace,
        Optional<Duration> usualWait,
        Optional<Duration> longestWait) {

    /** What holds where nothing is configured. */
    public static final TimeLimits STANDARD = new TimeLimits(
            Duration.ofHours(1),
            Duration.ofHours(24),
            Duration.ofSeconds(10),
            Duration.ofHours(1),
            Optional.empty(),
            Optional.empty());

    /** What is left of a wish, also of one from before the ceiling was lowered. */
    Duration within(Duration wish) {
        return wish.compareTo(longest) > 0 ? longest : wish;
    }

    /** The same of a grace period. */
    Duration graceWithin(Duration wish) {
        return wish.compareTo(longestGrace) > 0 ? longestGrace : wish;
    }

    /** The same of a wait; a ceiling is also for those who wish for none. */
    Optional<Duration> waitWithin(Optional<Duration> wish) {
        Optional<Duration> most = longestWait;
        return wish.filter(span -> most.isEmpty() || span.compareTo(most.get()) <= 0)
                .or(() -> most);
    }
}
