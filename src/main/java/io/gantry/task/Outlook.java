package io.gantry.task;

/**
 * What a task would find that was created now.
 *
 * @param tasks stored
 * @param queued runs that are ahead of its first one
 * @param running runs that hold a slot
 */
record Outlook(int tasks, long queued, long running) {}
