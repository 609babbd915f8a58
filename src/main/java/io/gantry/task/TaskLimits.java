package io.gantry.task;

/**
 * How many tasks may be stored.
 *
 * @param tasks over all owners
 * @param ofOneOwner of each who has a name
 */
public record TaskLimits(int tasks, int ofOneOwner) {

    /** All of them may be one owner's. */
    public static TaskLimits of(int tasks) {
        return new TaskLimits(tasks, tasks);
    }
}
