package io.gantry.breach.cycle.gantry.hen;

import io.gantry.breach.cycle.gantry.egg.Egg;

/** Needs its egg. */
public record Hen(Egg egg) {}
