package io.gantry.breach.open;

/** Invites subclasses that nobody planned. */
class Open {}
