package io.gantry.run;

import java.util.Locale;

/** Why a run exists. */
public enum RunTrigger {
    /** Its task was created. */
    CREATE,
    /** A client asked for it. */
    MANUAL,
    /** An earlier attempt failed. */
    RETRY,
    /** Its time had come. */
    SCHEDULE;

    /** The word used on the wire and in the database. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return word();
    }
}
