/** Sees from outside what a service does, by the engine, the tables and its answers; shares no code with it. */
@NullMarked
package io.gantry.chaos.observer;

import org.jspecify.annotations.NullMarked;
