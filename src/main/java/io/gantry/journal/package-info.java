/** What this service itself logs, as text: nobody whose words are in it can forge or colour a line. */
@NullMarked
package io.gantry.journal;

import org.jspecify.annotations.NullMarked;
