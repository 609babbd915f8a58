package io.gantry.breach.cycle.gantry.egg;

import io.gantry.breach.cycle.gantry.hen.Hen;

/** Needs its hen. */
public record Egg(Hen hen) {}
