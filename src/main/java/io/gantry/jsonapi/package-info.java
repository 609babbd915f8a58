/** The wire format: documents, pages, errors, the one exception mapper. */
@NullMarked
package io.gantry.jsonapi;

import org.jspecify.annotations.NullMarked;
