package io.gantry.breach.driver;

import org.postgresql.PGConnection;

/** Talks to the driver past the database package. */
record UsesDriver(PGConnection connection) {}
