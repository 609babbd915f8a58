/** The processes that share the database: who they are, and which of them are alive. */
@NullMarked
package io.gantry.node;

import org.jspecify.annotations.NullMarked;
