/** How a broken rule is told: code, title, detail, place. No HTTP in it. */
@NullMarked
package io.gantry.problem;

import org.jspecify.annotations.NullMarked;
