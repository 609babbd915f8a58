/** Holds every exchange with the service against {@code openapi.yaml}, and that file against the code. */
@NullMarked
package io.gantry.contract;

import org.jspecify.annotations.NullMarked;
