/** What the service counts and measures, for Prometheus. */
@NullMarked
package io.gantry.metrics;

import org.jspecify.annotations.NullMarked;
