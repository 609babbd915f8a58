package io.gantry.chaos;

import io.gantry.chaos.observer.History;
import io.gantry.chaos.observer.RunRow;
import io.gantry.chaos.observer.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How quickly one life of the service was there, from the start of its process.
 *
 * @param adopted when all runs that were running had been taken over or had ended; empty if there were none
 */
record Recovery(Duration ready, Optional<Duration> adopted) {

    /** Of those lives that became ready, but for the first, which was there before. */
    static List<Recovery> of(List<Service> lives, History history) {
        return lives.stream()
                .skip(1)
                .flatMap(life -> life.readyAfter().stream()
                        .map(ready -> new Recovery(ready, adoptedAfter(life.startedAt(), history))))
                .toList();
    }

    private static Optional<Duration> adoptedAfter(Instant start, History history) {
        Map<UUID, RunRow> left = history.samples().stream()
                .filter(sample -> sample.at().isBefore(start))
                .reduce((earlier, later) -> later)
                .map(Sample::runs)
                .orElse(List.of())
                .stream()
                .filter(run -> run.status().equals("running"))
                .collect(Collectors.toMap(RunRow::id, Function.identity()));
        return left.isEmpty()
                ? Optional.empty()
                : history.samples().stream()
                        .filter(sample -> sample.at().isAfter(start))
                        .filter(sample -> sample.runs().stream().noneMatch(run -> isLeft(left, run)))
                        .findFirst()
                        .map(sample -> Duration.between(start, sample.at()));
    }

    private static boolean isLeft(Map<UUID, RunRow> left, RunRow now) {
        RunRow before = left.get(now.id());
        return before != null && now.isActive() && now.epoch() == before.epoch();
    }
}
