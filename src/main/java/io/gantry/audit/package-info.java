/** Who did what: the trail of changing calls, in the database and over HTTP. */
@NullMarked
package io.gantry.audit;

import org.jspecify.annotations.NullMarked;
