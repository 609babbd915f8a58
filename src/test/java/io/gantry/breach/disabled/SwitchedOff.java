package io.gantry.breach.disabled;

import org.junit.jupiter.api.Disabled;

/** A test that nobody runs. */
@Disabled
final class SwitchedOff {}
