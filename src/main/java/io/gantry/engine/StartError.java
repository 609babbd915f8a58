package io.gantry.engine;

/**
 * Why a container couldn't be started, as the engine remembers it.
 *
 * @param detail the engine's own words, on one line
 */
public record StartError(Fault fault, String detail) {

    /** Whose fault it is: the command's own, or the engine's, which could start no container so. */
    public enum Fault {
        COMMAND,
        ENGINE
    }
}
