package io.gantry.breach.arrow.gantry.execution;

/** What a task must not know. */
public record Upstairs() {}
