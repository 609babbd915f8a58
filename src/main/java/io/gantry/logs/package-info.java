/** What containers wrote, chunk by chunk. */
@NullMarked
package io.gantry.logs;

import org.jspecify.annotations.NullMarked;
