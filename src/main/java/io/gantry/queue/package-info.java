/** Who goes next, and how many at once. */
@NullMarked
package io.gantry.queue;

import org.jspecify.annotations.NullMarked;
