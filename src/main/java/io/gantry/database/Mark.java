package io.gantry.database;

import java.util.UUID;

/**
 * A place in a sorted list, whether or not a row still stands there.
 *
 * @param key the sort key as text that Postgres can cast back
 */
public record Mark(String key, UUID id) {}
