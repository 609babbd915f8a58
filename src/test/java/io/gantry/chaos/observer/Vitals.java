package io.gantry.chaos.observer;

/** What the service's process holds while nothing is to be done. */
public record Vitals(int threads, int files, int connections) {}
