/** What a container engine must do. */
@NullMarked
package io.gantry.engine;

import org.jspecify.annotations.NullMarked;
