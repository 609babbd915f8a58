package io.gantry.engine;

/**
 * Which engine answers.
 *
 * @param id no other engine has it, and it is the same over restarts
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
