/** Pages of lists: between what clients ask for and what is stored. */
@NullMarked
package io.gantry.listing;

import org.jspecify.annotations.NullMarked;
