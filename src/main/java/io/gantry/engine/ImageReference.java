package io.gantry.engine;

import java.util.Optional;

/**
 * A reference to an image, as {@code docker run} takes it: {@code ubuntu}, {@code ghcr.io/a/b:1.2},
 * {@code busybox@sha256:…}. Kept as it was sent; two spellings of one image are not equal, their {@link #normalised()}
 * forms are.
 */
public record ImageReference(String value) {

    /** Throws {@link IllegalArgumentException} with a sentence for people when it isn't one. */
    public ImageReference {
        ImageName.parse(value);
    }

    /** What is wrong with a text as an image reference, as a clause that can follow "the image"; empty when it is one. */
    public static Optional<String> faultOf(String value) {
        try {
            ImageName.parse(value);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.ofNullable(e.getMessage());
        }
    }

    /** With everything that Docker adds in thought: {@code docker.io/library/ubuntu:latest}. */
    public String normalised() {
        ImageName name = parsed();
        return name.repository()
                + name.tagOrDefault().map(t -> ":" + t).orElse("")
                + name.digest().map(d -> "@" + d).orElse("");
    }

    /** The registry and what it calls the image, without tag and digest: {@code docker.io/library/ubuntu}. */
    public String repository() {
        return parsed().repository();
    }

    /** The registry: {@code docker.io}. */
    public String domain() {
        return parsed().domain();
    }

    /** What the registry calls the image: {@code library/ubuntu}. */
    public String path() {
        return parsed().path();
    }

    /** The tag, {@code latest} when nothing else is said; absent when only a digest names the image. */
    public Optional<String> tag() {
        return parsed().tagOrDefault();
    }

    /** The digest: {@code sha256:…}. */
    public Optional<String> digest() {
        return parsed().digest();
    }

    private ImageName parsed() {
        return ImageName.parse(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
