/** What must always hold, checked again and again while the service runs. */
@NullMarked
package io.gantry.invariant;

import org.jspecify.annotations.NullMarked;
