package io.gantry.chaos.invariant;

import io.gantry.chaos.observer.Exchange;
import io.gantry.chaos.observer.History;
import io.gantry.chaos.observer.RunRow;
import io.gantry.chaos.observer.Sample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** A run is claimed only when all that were accepted before it are claimed or cancelled, and answers tell the same order. */
final class ClaimedInTheOrderOfAcceptance implements Invariant {

    @Override
    public Stream<String> breaches(History history) {
        return Stream.of(
                        history.samples().stream().flatMap(ClaimedInTheOrderOfAcceptance::overtaken),
                        claims(history),
                        answers(history))
                .flatMap(breaches -> breaches);
    }

    private static Stream<String> overtaken(Sample sample) {
        Optional<RunRow> waits = sample.runs().stream()
                .filter(run -> run.status().equals("queued"))
                .findFirst();
        return sample.runs().stream()
                .filter(run -> run.claimedAt().isPresent())
                .filter(run ->
                        waits.map(first -> first.position() < run.position()).orElse(false))
                .map(run -> run + " was claimed while " + waits.orElseThrow() + " waited, at " + sample.at());
    }

    private static Stream<String> claims(History history) {
        List<RunRow> claimed = history.lastRows().stream()
                .filter(run -> run.claimedAt().isPresent())
                .sorted(Comparator.comparingLong(RunRow::position))
                .toList();
        List<String> breaches = new ArrayList<>();
        for (int i = 1; i < claimed.size(); i++) {
            Instant before = claimed.get(i - 1).claimedAt().orElseThrow();
            if (!before.isBefore(claimed.get(i).claimedAt().orElseThrow())) {
                breaches.add(claimed.get(i) + " was claimed before " + claimed.get(i - 1));
            }
        }
        return breaches.stream();
    }

    /** Who sent a request after the answer to another one must stand behind it. */
    private static Stream<String> answers(History history) {
        Map<UUID, Long> positions = new HashMap<>();
        history.lastRows().forEach(run -> positions.merge(run.task(), run.position(), Math::min));
        List<Exchange> accepted = history.exchanges().stream()
                .filter(exchange -> exchange.request().creates() && exchange.hasStatus(201))
                .filter(exchange ->
                        exchange.request().subject().map(positions::containsKey).orElse(false))
                .toList();
        return accepted.stream()
                .flatMap(first -> accepted.stream()
                        .filter(second -> second.sentAt().isAfter(first.doneAt()))
                        .filter(second -> position(positions, second) < position(positions, first))
                        .filter(second -> isFirst(history, second))
                        .map(second -> second + " got a place before " + first));
    }

    /** A repeated request may have been accepted long before the answer that came in the end. */
    private static boolean isFirst(History history, Exchange exchange) {
        return history.exchanges().stream()
                .filter(other -> other.request().creates()
                        && other.request().subject().equals(exchange.request().subject()))
                .findFirst()
                .map(exchange::equals)
                .orElse(false);
    }

    private static long position(Map<UUID, Long> positions, Exchange exchange) {
        return positions.getOrDefault(exchange.request().subject().orElseThrow(), 0L);
    }
}
