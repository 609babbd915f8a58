package io.gantry.breach.image.gantry.engine;

/** What a task must not know. */
public record Container() {}
