/** Kills the service again and again, at named points and at random, and checks what an observer saw: {@code make chaos}. */
@NullMarked
package io.gantry.chaos;

import org.jspecify.annotations.NullMarked;
