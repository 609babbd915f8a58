package io.gantry.engine;

/** The engine answered and said no; asking the same again won't help. The message is the engine's own, on one line. */
public final class EngineRefused extends RuntimeException {

    public EngineRefused(String message, Throwable cause) {
        super(message, cause);
    }

    public EngineRefused(String message) {
        super(message);
    }
}
