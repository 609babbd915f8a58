package io.gantry.task;

import java.time.Duration;

/**
 * How long a run may take, as the operator decides.
 *
 * @param usual for a task that doesn't say
 * @param longest the ceiling of what a task may say
 */
public record TimeLimits(Duration usual, Duration longest) {

    /** What holds where nothing is configured. */
    public static final TimeLimits STANDARD = new TimeLimits(Duration.ofHours(1), Duration.ofHours(24));

    /** What is left of a wish, also of one from before the ceiling was lowered. */
    Duration within(Duration wish) {
        return wish.compareTo(longest) > 0 ? longest : wish;
    }
}
