package io.gantry.engine.docker;

import com.github.dockerjava.api.command.InspectImageResponse;
import io.gantry.engine.EngineUnavailable;
import io.gantry.engine.ImageFacts;
import io.gantry.engine.ImageReference;
import java.util.List;
import java.util.Optional;

/** How Docker's description of an image is read. */
final class Images {

    private Images() {}

    /**
     * An image may be known to several registries, and to one of them by several digests; what counts is what it was asked
     * by, and else the registry that it was asked of.
     */
    static ImageFacts facts(ImageReference asked, InspectImageResponse answer) {
        String id = answer.getId();
        if (id == null) {
            throw new EngineUnavailable("the engine's answer lacks the image's id");
        }
        List<String> digests = Optional.ofNullable(answer.getRepoDigests()).orElse(List.of());
        return new ImageFacts(
                id,
                asked.digest()
                        .or(() -> digests.stream()
                                .filter(digest -> isOf(asked, digest))
                                .map(digest -> digest.substring(digest.indexOf('@') + 1))
                                .findFirst()));
    }

    /** Docker shortens the names of Docker Hub: {@code busybox@sha256:…}. */
    private static boolean isOf(ImageReference asked, String digest) {
        return ImageReference.faultOf(digest).isEmpty()
                && new ImageReference(digest).repository().equals(asked.repository());
    }
}
