package io.gantry.engine;

/** The engine can't be asked, or didn't answer in time: try again later, and don't conclude anything. */
public final class EngineUnavailable extends RuntimeException {

    public EngineUnavailable(String message, Throwable cause) {
        super(message, cause);
    }

    public EngineUnavailable(String message) {
        super(message);
    }
}
