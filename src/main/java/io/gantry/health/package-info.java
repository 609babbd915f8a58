/** Whether the service can do its work, and what to do if it can't. */
@NullMarked
package io.gantry.health;

import org.jspecify.annotations.NullMarked;
