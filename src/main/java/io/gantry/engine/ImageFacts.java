package io.gantry.engine;

import java.util.Optional;

/**
 * An image that the engine has.
 *
 * @param id the engine's content id, {@code sha256:…}
 * @param repoDigest the digest under which a registry knows it, {@code sha256:…}; absent for an image that was made locally
 */
public record ImageFacts(String id, Optional<String> repoDigest) {

    /** What says best which bytes ran. */
    public String digest() {
        return repoDigest.orElse(id);
    }
}
