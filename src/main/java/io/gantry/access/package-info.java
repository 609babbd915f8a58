/** Who may do what: which hosts may call, and on which addresses the service listens. */
@NullMarked
package io.gantry.access;

import org.jspecify.annotations.NullMarked;
