package io.gantry.task;

import java.time.Duration;
import java.util.List;

/**
 * How often runs may be tried again, as the operator decides.
 *
 * @param most the ceiling of {@code retries.limit}
 * @param usualBackoff for a task that doesn't say
 * @param longestBackoff the ceiling of any wait between two attempts
 */
public record RetryLimits(int most, Duration usualBackoff, Duration longestBackoff) {

    /** What holds where nothing is configured. */
    public static final RetryLimits STANDARD = new RetryLimits(10, Duration.ofSeconds(10), Duration.ofHours(1));

    /** After which failures a run can be tried again. */
    static final List<String> CODES = List.of(
            "exit-code",
            "out-of-memory",
            "timeout",
            "queue-timeout",
            "image-pull-failed",
            "image-not-found",
            "command-not-found",
            "engine-error",
            "container-lost");

    /** What another attempt may mend: neither a missing image or command, nor a wait that was too long. */
    static final List<String> USUAL_CODES =
            List.of("exit-code", "out-of-memory", "timeout", "image-pull-failed", "engine-error", "container-lost");

    /** What a task gets that says nothing: one attempt. */
    Retries usually() {
        return new Retries(0, usualBackoff, USUAL_CODES);
    }

    /** What is left of a wish, also of one from before the ceiling was lowered. */
    Retries within(Retries wish) {
        return new Retries(
                Math.min(wish.limit(), most),
                wish.backoff().compareTo(longestBackoff) > 0 ? longestBackoff : wish.backoff(),
                wish.on());
    }
}
