/** Gantry runs commands in containers, over HTTP: two at a time, first in, first out, nothing lost. */
@NullMarked
package io.gantry;

import org.jspecify.annotations.NullMarked;
