/** How long clients may take over what they send and read, so that slow ones take nothing away from the others. */
@NullMarked
package io.gantry.client;

import org.jspecify.annotations.NullMarked;
