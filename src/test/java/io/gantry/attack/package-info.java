/** Sends the service many thousands of bad requests and looks what becomes of it: {@code make attack}. */
@NullMarked
package io.gantry.attack;

import org.jspecify.annotations.NullMarked;
