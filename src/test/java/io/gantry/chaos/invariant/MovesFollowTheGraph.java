package io.gantry.chaos.invariant;

import io.gantry.chaos.observer.History;
import io.gantry.chaos.observer.RunRow;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A run is first seen queued or later, moves only forward, and what is known of it once stays as it is. */
final class MovesFollowTheGraph implements Invariant {

    private static final Map<String, Set<String>> MOVES = Map.of(
            "queued", Set.of("queued", "running", "succeeded", "failed", "timed-out", "cancelled"),
            "running", Set.of("running", "succeeded", "failed", "timed-out", "cancelled"));

    private static final List<String> SET_ONCE =
            List.of("task_id", "position", "attempt", "queued_at", "claimed_at", "started_at", "stop_requested_at");

    @Override
    public Stream<String> breaches(History history) {
        return history.versions().values().stream()
                .flatMap(rows ->
                        IntStream.range(1, rows.size()).boxed().flatMap(i -> breaches(rows.get(i - 1), rows.get(i))));
    }

    private static Stream<String> breaches(RunRow before, RunRow after) {
        Set<String> allowed = MOVES.getOrDefault(before.status(), Set.of(before.status()));
        Stream<String> move =
                allowed.contains(after.status()) ? Stream.empty() : Stream.of(before + " became " + after.status());
        Stream<String> claim = before.status().equals("queued")
                        && !Set.of("queued", "cancelled").contains(after.status())
                        && after.claimedAt().isEmpty()
                ? Stream.of(after + " was never claimed")
                : Stream.empty();
        Stream<String> rewritten = SET_ONCE.stream()
                .filter(column -> !before.columns().path(column).isNull())
                .filter(column ->
                        !before.columns().path(column).equals(after.columns().path(column)))
                .map(column -> after + ": " + column + " changed from "
                        + before.columns().path(column) + " to "
                        + after.columns().path(column));
        return Stream.of(move, claim, rewritten).flatMap(breaches -> breaches);
    }
}
