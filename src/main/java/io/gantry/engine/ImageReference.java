package io.gantry.engine;

/** A reference to an image, as {@code docker run} takes it: {@code ubuntu}, {@code ghcr.io/a/b:1.2}, {@code busybox@sha256:…}. */
public record ImageReference(String value) {

    @Override
    public String toString() {
        return value;
    }
}
