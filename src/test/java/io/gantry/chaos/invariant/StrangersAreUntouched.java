package io.gantry.chaos.invariant;

import io.gantry.chaos.observer.Census;
import io.gantry.chaos.observer.Census.Inhabitant;
import io.gantry.chaos.observer.History;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Containers of others are there from the first to the last moment, in the state they were in, and nothing was done to them. */
final class StrangersAreUntouched implements Invariant {

    @Override
    public Stream<String> breaches(History history) {
        Stream<String> events = history.events().stream()
                .filter(event -> history.strangers().contains(event.container()))
                .map(event -> "stranger " + event.container() + ": " + event.action() + " at " + event.at());
        Stream<String> absences = history.censuses().stream()
                .flatMap(census -> history.strangers().stream()
                        .filter(id -> !states(census).contains(id + "created"))
                        .map(id -> "stranger " + id + " isn't as it was at " + census.at()));
        return Stream.concat(events, absences);
    }

    private static Set<String> states(Census census) {
        return census.inhabitants().stream().map(StrangersAreUntouched::state).collect(Collectors.toSet());
    }

    private static String state(Inhabitant container) {
        return container.id() + container.state();
    }
}
