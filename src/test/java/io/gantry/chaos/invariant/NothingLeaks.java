package io.gantry.chaos.invariant;

import io.gantry.chaos.observer.History;
import io.gantry.chaos.observer.Vitals;
import java.util.Optional;
import java.util.stream.Stream;

/** When nothing is to be done the process holds no more than a process that was never in trouble. */
final class NothingLeaks implements Invariant {

    @Override
    public Stream<String> breaches(History history) {
        return Stream.of(
                        more(
                                "threads",
                                history.baseline().threads(),
                                history.end().threads()),
                        more(
                                "open files",
                                history.baseline().files(),
                                history.end().files()),
                        more(
                                "connections",
                                history.baseline().connections(),
                                history.end().connections()))
                .flatMap(Optional::stream);
    }

    private static Optional<String> more(String what, int before, int after) {
        return after > before + Vitals.TOLERANCE
                ? Optional.of(after + " " + what + " instead of " + before)
                : Optional.empty();
    }
}
