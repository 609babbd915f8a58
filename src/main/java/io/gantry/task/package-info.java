/** What to run, and how many may be stored. */
@NullMarked
package io.gantry.task;

import org.jspecify.annotations.NullMarked;
