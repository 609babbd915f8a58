/** Who may do what: callers, roles, which hosts may call, and on which addresses the service listens. */
@NullMarked
package io.gantry.access;

import org.jspecify.annotations.NullMarked;
