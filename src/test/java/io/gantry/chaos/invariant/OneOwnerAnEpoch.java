package io.gantry.chaos.invariant;

import io.gantry.chaos.observer.History;
import io.gantry.chaos.observer.RunRow;
import java.util.List;
import java.util.stream.Stream;

/** The epochs of a run only rise, and each has one owner. */
final class OneOwnerAnEpoch implements Invariant {

    @Override
    public Stream<String> breaches(History history) {
        return history.versions().values().stream().flatMap(OneOwnerAnEpoch::breaches);
    }

    private static Stream<String> breaches(List<RunRow> rows) {
        Stream<String> twoOwners = rows.stream()
                .filter(row -> owners(rows, row.epoch()) > 1)
                .limit(1)
                .map(row -> row + " had " + owners(rows, row.epoch()) + " owners in epoch " + row.epoch());
        long highest = 0;
        for (RunRow row : rows) {
            if (row.epoch() < highest) {
                return Stream.concat(twoOwners, Stream.of(row + " went back to epoch " + row.epoch()));
            }
            highest = row.epoch();
        }
        return twoOwners;
    }

    private static long owners(List<RunRow> rows, long epoch) {
        return rows.stream()
                .filter(row -> row.epoch() == epoch)
                .flatMap(row -> row.owner().stream())
                .distinct()
                .count();
    }
}
