package io.gantry.task;

/** What the engine of this node says of an image that a task wants. */
public sealed interface ImagePresence {

    /** It has it. */
    record Present() implements ImagePresence {}

    /** It doesn't have it. */
    record Absent() implements ImagePresence {}

    /** It can't be asked. */
    record Unknown() implements ImagePresence {}

    /** It doesn't take the reference, for this reason. */
    record Refused(String why) implements ImagePresence {}
}
