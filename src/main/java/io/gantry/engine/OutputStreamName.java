package io.gantry.engine;

/** The two streams that a process writes to. */
public enum OutputStreamName {
    STDOUT,
    STDERR
}
