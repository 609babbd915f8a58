package io.gantry.breach.observer.gantry.chaos.observer;

import io.gantry.run.RunStatus;

/** Believes what the product says of itself. */
record Accomplice(RunStatus status) {}
