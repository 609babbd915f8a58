package io.gantry.engine;

/** Whether a log is read to its present end, or on as it grows. */
public enum Follow {
    YES,
    NO
}
