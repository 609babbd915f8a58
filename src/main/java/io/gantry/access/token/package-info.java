/** API tokens: made, shown once, kept as hashes, recognised. */
@NullMarked
package io.gantry.access.token;

import org.jspecify.annotations.NullMarked;
