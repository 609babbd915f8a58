package io.gantry.breach.image.gantry.task;

import io.gantry.breach.image.gantry.engine.Container;

/** A task that knows of containers. */
record KnowsContainers(Container container) {}
