package io.gantry.chaos.invariant;

import io.gantry.chaos.observer.History;
import io.gantry.chaos.observer.RunRow;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Every run that is still stored has ended, and what its row said at its end is what it says for good. */
final class RunsEndOnce implements Invariant {

    @Override
    public Stream<String> breaches(History history) {
        Stream<String> endless =
                history.last().runs().stream().filter(RunRow::isActive).map(run -> run + " hasn't ended");
        Stream<String> changed = history.versions().values().stream()
                .flatMap(rows -> IntStream.range(1, rows.size())
                        .filter(i -> !rows.get(i - 1).isActive())
                        .mapToObj(i -> change(rows.get(i - 1), rows.get(i))));
        return Stream.of(endless, changed).flatMap(Function.identity());
    }

    private static String change(RunRow ended, RunRow later) {
        StringBuilder text = new StringBuilder(ended + " changed after its end:");
        ended.columns().fieldNames().forEachRemaining(column -> {
            if (!Objects.equals(ended.columns().get(column), later.columns().get(column))) {
                text.append(' ')
                        .append(column)
                        .append(' ')
                        .append(ended.columns().get(column))
                        .append(" -> ")
                        .append(later.columns().get(column));
            }
        });
        return text.toString();
    }
}
