package io.gantry.breach.stranger;

/** Lives in a package that no diagram shows. */
record Stranger() {}
