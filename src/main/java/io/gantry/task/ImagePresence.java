package io.gantry.task;

import io.gantry.engine.ImageReference;
import java.util.Optional;

/** Whether there is an image to run: what tasks need of whoever knows the container engine. */
@FunctionalInterface
public interface ImagePresence {

    /** Whether the engine of this node has it; absent while the engine can't be asked. */
    Optional<Boolean> has(ImageReference image);
}
