/** The promises, each as a judge of a recorded history; knows only what was observed, nothing of the service's code. */
@NullMarked
package io.gantry.chaos.invariant;

import org.jspecify.annotations.NullMarked;
