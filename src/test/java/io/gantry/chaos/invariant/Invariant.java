package io.gantry.chaos.invariant;

import io.gantry.chaos.observer.History;
import java.util.stream.Stream;

/** Something that holds for every history, whatever died in it. */
interface Invariant {

    /** Each breach in words; none if it holds. */
    Stream<String> breaches(History history);
}
