/** Carries a run from its claim to its outcome, and recovers what a dead node left. */
@NullMarked
package io.gantry.execution;

import org.jspecify.annotations.NullMarked;
