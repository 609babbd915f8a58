/** Turns as Quartz jobs in its JDBC store; the only place that knows Quartz. */
@NullMarked
package io.gantry.queue.quartz;

import org.jspecify.annotations.NullMarked;
