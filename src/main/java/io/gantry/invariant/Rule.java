package io.gantry.invariant;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Something that must always hold.
 *
 * @param name for metrics, e.g. {@code claim-order}
 * @param promise what must hold, as a sentence
 * @param breach looks, and says what it saw that breaks the rule; throws when it can't look
 */
public record Rule(String name, String promise, Supplier<Optional<String>> breach) {}
