package io.gantry.breach.jdbi;

import org.jdbi.v3.core.Handle;

/** Runs SQL without being a store. */
record UsesJdbi(Handle handle) {

    int forgetEverything() {
        return handle.execute("delete from tasks");
    }
}
