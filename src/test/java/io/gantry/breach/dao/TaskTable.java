package io.gantry.breach.dao;

/** Lives in a layer instead of a feature. */
record TaskTable() {}
