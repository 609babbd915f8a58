package io.gantry.engine;

/**
 * Which engine answers.
 *
 * @param id the engine's own id, the same over its restarts ({@code ID} of {@code docker info})
 * @param version e.g. {@code 20.10.24}
 * @param apiVersion the API version that we talk to it, e.g. {@code 1.41}
 */
public record EngineIdentity(String id, String version, String apiVersion, LiveRestore liveRestore) {

    /** Whether containers outlive a restart of the engine. */
    public enum LiveRestore {
        ON,
        OFF
    }
}
