package io.gantry.task;

/** What tasks may ask for, and what those get that don't, as the operator decides. */
public record TaskPolicy(
        TimeLimits times,
        ResourceLimits resources,
        RetryLimits retries,
        ConfinementPolicy confinement,
        ImagePatterns images) {

    /** What holds where nothing is configured. */
    public static final TaskPolicy STANDARD = new TaskPolicy(
            TimeLimits.STANDARD,
            ResourceLimits.STANDARD,
            RetryLimits.STANDARD,
            ConfinementPolicy.STANDARD,
            ImagePatterns.ANY);
}
