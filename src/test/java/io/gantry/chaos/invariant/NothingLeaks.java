package io.gantry.chaos.invariant;

import io.gantry.chaos.observer.History;
import io.gantry.chaos.observer.Vitals;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/** When nothing is to be done the process holds no more than a process that was never in trouble. */
final class NothingLeaks implements Invariant {

    @Override
    public Stream<String> breaches(History history) {
        return Stream.of(
                        more(history, "threads", Vitals::threads, Vitals.TOLERANCE),
                        more(history, "open files", Vitals::files, Vitals.TOLERANCE),
                        more(history, "connections", Vitals::connections, Vitals.TOLERANCE),
                        more(history, "MiB of heap", Vitals::heap, Vitals.HEAP_TOLERANCE))
                .flatMap(Optional::stream);
    }

    private static Optional<String> more(History history, String what, ToIntFunction<Vitals> held, int tolerance) {
        int before = held.applyAsInt(history.baseline());
        int after = held.applyAsInt(history.end());
        return after > before + tolerance
                ? Optional.of(after + " " + what + " instead of " + before)
                : Optional.empty();
    }
}
