/** The container engine over Docker's API; the only place that knows docker-java. */
@NullMarked
package io.gantry.engine.docker;

import org.jspecify.annotations.NullMarked;
