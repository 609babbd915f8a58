package io.gantry.breach.name;

/** Could be anything. */
record TaskManager() {}
