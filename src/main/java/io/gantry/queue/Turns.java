package io.gantry.queue;

import io.gantry.run.Run;

/** Hands out turns: each lets one worker thread look once for something to execute. Durable, in order, safe to add twice. */
public interface Turns {

    /** Adds the turn that goes with a run that was just accepted. Called after the commit. */
    void add(Run run);

    /** Adds a turn that belongs to no run in particular, when something could be executed and nobody does. */
    void addSpare();
}
