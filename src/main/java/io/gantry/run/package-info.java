/** One execution of a task: its state machine and its history. */
@NullMarked
package io.gantry.run;

import org.jspecify.annotations.NullMarked;
