/** Measures, side by side with plain Docker: {@code make bench}. No tests; nothing here passes or fails. */
@NullMarked
package io.gantry.bench;

import org.jspecify.annotations.NullMarked;
