package io.gantry.chaos.invariant;

import io.gantry.chaos.observer.Census;
import io.gantry.chaos.observer.EngineEvent;
import io.gantry.chaos.observer.EngineOutage;
import io.gantry.chaos.observer.History;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Of our containers no more run at once than there are slots: as listed, as the engine's events tell, and as stored. */
final class NeverMoreThanTheLimitAtOnce implements Invariant {

    @Override
    public Stream<String> breaches(History history) {
        int limit = history.limits().running();
        return Stream.of(listed(history, limit), told(history, limit), stored(history, limit))
                .flatMap(breaches -> breaches);
    }

    private static Stream<String> listed(History history, int limit) {
        return history.censuses().stream()
                .filter(census -> running(census) > limit)
                .map(census -> running(census) + " containers ran at " + census.at());
    }

    private static long running(Census census) {
        return census.inhabitants().stream()
                .filter(container -> container.isRunning() && container.run().isPresent())
                .count();
    }

    private static Stream<String> told(History history, int limit) {
        List<String> breaches = new ArrayList<>();
        Set<String> running = new HashSet<>();
        Instant before = Instant.MIN;
        for (EngineEvent event : history.events()) {
            forgetWhatEndedUntold(history, running, before, event.at());
            before = event.at();
            if (event.is("start") && event.run().isPresent()) {
                running.add(event.container());
                if (running.size() > limit) {
                    breaches.add(running.size() + " containers ran from " + event.at() + " on: " + running);
                }
            } else if (event.is("die")) {
                running.remove(event.container());
            }
        }
        return breaches.stream();
    }

    /** An engine that was away tells of no ends before its return; its first list after that does. */
    private static void forgetWhatEndedUntold(History history, Set<String> running, Instant from, Instant to) {
        history.engineOutages().stream()
                .map(EngineOutage::span)
                .filter(outage -> outage.to().isAfter(from) && !outage.to().isAfter(to))
                .flatMap(outage -> history.censuses().stream()
                        .filter(census -> census.at().isAfter(outage.to()))
                        .limit(1))
                .forEach(census -> running.retainAll(census.inhabitants().stream()
                        .filter(Census.Inhabitant::isRunning)
                        .map(Census.Inhabitant::id)
                        .toList()));
    }

    private static Stream<String> stored(History history, int limit) {
        return history.samples().stream()
                .filter(sample -> sample.runs().stream()
                                .filter(run -> run.status().equals("running"))
                                .count()
                        > limit)
                .map(sample -> "more than " + limit + " runs were running at " + sample.at() + ": " + sample.runs());
    }
}
