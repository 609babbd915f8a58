package io.gantry.chaos.invariant;

import io.gantry.chaos.observer.Census;
import io.gantry.chaos.observer.Census.Inhabitant;
import io.gantry.chaos.observer.History;
import io.gantry.chaos.observer.RunRow;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** At the end no container with our label is there without a run that is running. */
final class NothingIsLeftBehind implements Invariant {

    @Override
    public Stream<String> breaches(History history) {
        Set<UUID> live = history.last().runs().stream()
                .filter(RunRow::isActive)
                .map(RunRow::id)
                .collect(Collectors.toSet());
        return history.censuses().stream().reduce((earlier, later) -> later).map(Census::inhabitants).stream()
                .flatMap(inhabitants -> inhabitants.stream()
                        .filter(container -> !history.strangers().contains(container.id()))
                        .filter(container ->
                                !container.run().map(live::contains).orElse(false))
                        .map(NothingIsLeftBehind::told));
    }

    private static String told(Inhabitant container) {
        return "container " + container.id() + " (" + container.state() + ") of "
                + container.run().map(run -> "run " + run).orElse("no run") + " is left";
    }
}
